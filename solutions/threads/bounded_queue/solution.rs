//! One lock for the plates, and a bell for each of the two facts that somebody may wait for.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

/// A shelf with room for a fixed number of plates.
pub struct Shelf {
    plates: Mutex<VecDeque<u32>>,
    room: usize,
    /// Cooks sleep here. Two bells, so that a ring meant for a cook never wakes a waiter in its place.
    has_room: Condvar,
    /// Waiters sleep here.
    has_plates: Condvar,
}

impl Shelf {
    /// An empty shelf with room for so many plates; at least one.
    pub fn new(room: usize) -> Self {
        let plates = Mutex::new(VecDeque::with_capacity(room));
        Self { plates, room, has_room: Condvar::new(), has_plates: Condvar::new() }
    }

    /// Puts a plate on the shelf; sleeps first while there is no room.
    pub fn put(&self, plate: u32) {
        let mut plates = self.plates.lock().unwrap();
        // Awake is not enough: another cook may have been faster. So look again, every time.
        while plates.len() == self.room {
            plates = self.has_room.wait(plates).unwrap();
        }
        plates.push_back(plate);
        // One more plate is work for one more waiter: there is no need to wake them all.
        self.has_plates.notify_one();
    }

    /// Takes the oldest plate; sleeps first while there is none.
    pub fn take(&self) -> u32 {
        // The same loop, as the standard library writes it.
        let plates = self.plates.lock().unwrap();
        let mut plates = self.has_plates.wait_while(plates, |plates| plates.is_empty()).unwrap();
        let oldest = plates.pop_front().unwrap();
        self.has_room.notify_one();
        oldest
    }
}
