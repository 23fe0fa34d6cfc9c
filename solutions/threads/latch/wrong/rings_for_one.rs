//! Believes: the door opens once, so the bell has to wake one.
//! Rejected by: the_door_opens_for_everybody_who_waits: lost wake-up

use std::sync::{Condvar, Mutex};

/// A door that opens, once and for all, when it has been counted down to zero.
pub struct Latch {
    missing: Mutex<usize>,
    open: Condvar,
}

impl Latch {
    /// A latch to be counted down so many times; with 0 the door is open from the start.
    pub fn new(count: usize) -> Self {
        Self { missing: Mutex::new(count), open: Condvar::new() }
    }

    /// One less to wait for. At zero one of those asleep gets up, and no other.
    pub fn count_down(&self) {
        let mut missing = self.missing.lock().unwrap();
        *missing = missing.saturating_sub(1);
        if *missing == 0 {
            self.open.notify_one();
        }
    }

    /// Sleeps until the door is open.
    pub fn wait(&self) {
        let mut missing = self.missing.lock().unwrap();
        while *missing > 0 {
            missing = self.open.wait(missing).unwrap();
        }
    }
}
