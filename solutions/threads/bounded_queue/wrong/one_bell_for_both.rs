//! Believes: one bell is enough, since whoever has nothing to do goes back to sleep.
//! Rejected by: two_waiters_and_a_cook_who_all_have_to_wait: lost wake-up

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

/// A shelf with room for a fixed number of plates.
pub struct Shelf {
    plates: Mutex<VecDeque<u32>>,
    room: usize,
    changed: Condvar,
}

impl Shelf {
    /// An empty shelf with room for so many plates; at least one.
    pub fn new(room: usize) -> Self {
        let plates = Mutex::new(VecDeque::with_capacity(room));
        Self { plates, room, changed: Condvar::new() }
    }

    /// Puts a plate on the shelf. The one who is woken may be another cook.
    pub fn put(&self, plate: u32) {
        let mut plates = self.plates.lock().unwrap();
        while plates.len() == self.room {
            plates = self.changed.wait(plates).unwrap();
        }
        plates.push_back(plate);
        self.changed.notify_one();
    }

    /// Takes the oldest plate. The one who is woken may be another waiter.
    pub fn take(&self) -> u32 {
        let mut plates = self.plates.lock().unwrap();
        while plates.is_empty() {
            plates = self.changed.wait(plates).unwrap();
        }
        let oldest = plates.pop_front().unwrap();
        self.changed.notify_one();
        oldest
    }
}
