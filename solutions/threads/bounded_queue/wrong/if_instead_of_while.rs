//! Believes: who was woken was woken for a reason, so there is no need to look again.
//! Rejected by: two_waiters_each_get_a_plate: panic

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

/// A shelf with room for a fixed number of plates.
pub struct Shelf {
    plates: Mutex<VecDeque<u32>>,
    room: usize,
    has_room: Condvar,
    has_plates: Condvar,
}

impl Shelf {
    /// An empty shelf with room for so many plates; at least one.
    pub fn new(room: usize) -> Self {
        let plates = Mutex::new(VecDeque::with_capacity(room));
        Self { plates, room, has_room: Condvar::new(), has_plates: Condvar::new() }
    }

    /// Puts a plate on the shelf. Between the ring and the waking, another cook may take the room.
    pub fn put(&self, plate: u32) {
        let mut plates = self.plates.lock().unwrap();
        if plates.len() == self.room {
            plates = self.has_room.wait(plates).unwrap();
        }
        plates.push_back(plate);
        self.has_plates.notify_one();
    }

    /// Takes the oldest plate. Between the ring and the waking, another waiter may take it.
    pub fn take(&self) -> u32 {
        let mut plates = self.plates.lock().unwrap();
        if plates.is_empty() {
            plates = self.has_plates.wait(plates).unwrap();
        }
        let oldest = plates.pop_front().unwrap();
        self.has_room.notify_one();
        oldest
    }
}
