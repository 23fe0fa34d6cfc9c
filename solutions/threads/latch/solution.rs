//! The number under a lock is the fact; the bell only tells those asleep that it is worth looking.

use std::sync::{Condvar, Mutex};

/// A door that opens, once and for all, when it has been counted down to zero.
pub struct Latch {
    /// Counts that are still missing. The lock also carries what the cooks did before they counted to
    /// whoever locks it after them.
    missing: Mutex<usize>,
    open: Condvar,
}

impl Latch {
    /// A latch to be counted down so many times; with 0 the door is open from the start.
    pub fn new(count: usize) -> Self {
        Self { missing: Mutex::new(count), open: Condvar::new() }
    }

    /// One less to wait for. Once the door is open, this changes nothing.
    pub fn count_down(&self) {
        let mut missing = self.missing.lock().unwrap();
        *missing = missing.saturating_sub(1);
        if *missing == 0 {
            // All of them: what they wait for is true for each.
            self.open.notify_all();
        }
    }

    /// Sleeps until the door is open.
    pub fn wait(&self) {
        // Looks before it sleeps, so a bell that rang earlier was not missed.
        let missing = self.missing.lock().unwrap();
        drop(self.open.wait_while(missing, |missing| *missing > 0).unwrap());
    }
}
