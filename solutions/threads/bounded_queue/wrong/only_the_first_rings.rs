//! Believes: cooks wait only at a full shelf, so the bell needs to ring only when it stops being full.
//! Rejected by: two_cooks_who_wait_both_get_room: lost wake-up

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

    /// Puts a plate on the shelf.
    pub fn put(&self, plate: u32) {
        let mut plates = self.plates.lock().unwrap();
        while plates.len() == self.room {
            plates = self.has_room.wait(plates).unwrap();
        }
        plates.push_back(plate);
        self.has_plates.notify_one();
    }

    /// Takes the oldest plate. A second plate, taken before the first cook is up, wakes nobody.
    pub fn take(&self) -> u32 {
        let mut plates = self.plates.lock().unwrap();
        while plates.is_empty() {
            plates = self.has_plates.wait(plates).unwrap();
        }
        let oldest = plates.pop_front().unwrap();
        if plates.len() + 1 == self.room {
            self.has_room.notify_one();
        }
        oldest
    }
}
