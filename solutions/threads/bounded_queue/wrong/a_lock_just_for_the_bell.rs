//! Believes: the lock given to `wait` is a formality, so any lock will do, and ringing needs none.
//! Rejected by: a_waiter_waits_for_a_plate: lost wake-up

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

/// A shelf with room for a fixed number of plates.
pub struct Shelf {
    plates: Mutex<VecDeque<u32>>,
    room: usize,
    asleep: Mutex<()>,
    has_room: Condvar,
    has_plates: Condvar,
}

impl Shelf {
    /// An empty shelf with room for so many plates; at least one.
    pub fn new(room: usize) -> Self {
        Self {
            plates: Mutex::new(VecDeque::with_capacity(room)),
            room,
            asleep: Mutex::new(()),
            has_room: Condvar::new(),
            has_plates: Condvar::new(),
        }
    }

    /// Puts a plate on the shelf. The bell may ring after the last look, and before the sleep.
    pub fn put(&self, plate: u32) {
        loop {
            let mut plates = self.plates.lock().unwrap();
            if plates.len() < self.room {
                plates.push_back(plate);
                drop(plates);
                return self.has_plates.notify_one();
            }
            drop(plates);
            let asleep = self.asleep.lock().unwrap();
            drop(self.has_room.wait(asleep).unwrap());
        }
    }

    /// Takes the oldest plate. The bell may ring after the last look, and before the sleep.
    pub fn take(&self) -> u32 {
        loop {
            // The lock on the plates is given back at the end of this line.
            let oldest = self.plates.lock().unwrap().pop_front();
            if let Some(oldest) = oldest {
                self.has_room.notify_one();
                return oldest;
            }
            let asleep = self.asleep.lock().unwrap();
            drop(self.has_plates.wait(asleep).unwrap());
        }
    }
}
