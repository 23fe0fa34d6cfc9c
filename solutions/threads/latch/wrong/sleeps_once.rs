//! Believes: after `wait` has returned, what was waited for is true.
//! Rejected by: the_door_opens_at_the_last_count_and_not_before: broken invariant

use std::sync::{Condvar, Mutex};

/// A door that opens, once and for all, when it has been counted down to zero.
pub struct Latch {
    missing: Mutex<usize>,
    counted: Condvar,
}

impl Latch {
    /// A latch to be counted down so many times; with 0 the door is open from the start.
    pub fn new(count: usize) -> Self {
        Self { missing: Mutex::new(count), counted: Condvar::new() }
    }

    /// One less to wait for, and a ring each time.
    pub fn count_down(&self) {
        let mut missing = self.missing.lock().unwrap();
        *missing = missing.saturating_sub(1);
        self.counted.notify_all();
    }

    /// Sleeps until the bell rings, if the door is not open yet.
    pub fn wait(&self) {
        let missing = self.missing.lock().unwrap();
        if *missing > 0 {
            drop(self.counted.wait(missing).unwrap());
        }
    }
}
