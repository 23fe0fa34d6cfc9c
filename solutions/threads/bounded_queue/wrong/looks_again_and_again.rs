//! Believes: to look again and again, and to be polite about it, is to wait.
//! Rejected by: who_waits_is_asleep: livelock

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;

/// A shelf with room for a fixed number of plates.
pub struct Shelf {
    plates: Mutex<VecDeque<u32>>,
    room: usize,
}

impl Shelf {
    /// An empty shelf with room for so many plates; at least one.
    pub fn new(room: usize) -> Self {
        Self { plates: Mutex::new(VecDeque::with_capacity(room)), room }
    }

    /// Puts a plate on the shelf. While there is no room, a processor is busy with looking.
    pub fn put(&self, plate: u32) {
        loop {
            let mut plates = self.plates.lock().unwrap();
            if plates.len() < self.room {
                return plates.push_back(plate);
            }
            drop(plates);
            thread::yield_now();
        }
    }

    /// Takes the oldest plate. While there is none, a processor is busy with looking.
    pub fn take(&self) -> u32 {
        loop {
            let oldest = self.plates.lock().unwrap().pop_front();
            if let Some(oldest) = oldest {
                return oldest;
            }
            thread::yield_now();
        }
    }
}
