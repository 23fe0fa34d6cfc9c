//! Believes: `swap_remove(0)` is `remove(0)`, only faster.
//! Rejected by: the_oldest_plate_is_taken_first

use std::sync::{Condvar, Mutex};

/// A shelf with room for a fixed number of plates.
pub struct Shelf {
    plates: Mutex<Vec<u32>>,
    room: usize,
    has_room: Condvar,
    has_plates: Condvar,
}

impl Shelf {
    /// An empty shelf with room for so many plates; at least one.
    pub fn new(room: usize) -> Self {
        let plates = Mutex::new(Vec::with_capacity(room));
        Self { plates, room, has_room: Condvar::new(), has_plates: Condvar::new() }
    }

    /// Puts a plate on the shelf; sleeps first while there is no room.
    pub fn put(&self, plate: u32) {
        let plates = self.plates.lock().unwrap();
        let mut plates =
            self.has_room.wait_while(plates, |plates| plates.len() == self.room).unwrap();
        plates.push(plate);
        self.has_plates.notify_one();
    }

    /// Takes the oldest plate, and moves the newest to its place.
    pub fn take(&self) -> u32 {
        let plates = self.plates.lock().unwrap();
        let mut plates = self.has_plates.wait_while(plates, |plates| plates.is_empty()).unwrap();
        let oldest = plates.swap_remove(0);
        self.has_room.notify_one();
        oldest
    }
}
