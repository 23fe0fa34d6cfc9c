//! Believes: a barrier waits for a number of threads, and that is what a latch is.
//! Rejected by: an_open_door_stays_open: deadlock

use std::sync::Barrier;

/// A door that opens when all have met at it.
pub struct Latch {
    door: Barrier,
}

impl Latch {
    /// One more than those who count: the one who waits.
    pub fn new(count: usize) -> Self {
        Self { door: Barrier::new(count + 1) }
    }

    /// Counts, and waits for all the others too.
    pub fn count_down(&self) {
        self.door.wait();
    }

    /// Waits until all have counted.
    pub fn wait(&self) {
        self.door.wait();
    }
}
