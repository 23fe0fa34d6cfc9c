//! Believes: to wait is to wait for the bell.
//! Rejected by: an_open_door_stays_open: lost wake-up

use std::sync::{Condvar, Mutex};

/// A door that opens, once and for all, when it has been counted down to zero.
pub struct Latch {
    missing: Mutex<usize>,
    open: Condvar,
}

impl Latch {
    /// A latch to be counted down so many times.
    pub fn new(count: usize) -> Self {
        Self { missing: Mutex::new(count), open: Condvar::new() }
    }

    /// One less to wait for, and at zero the bell.
    pub fn count_down(&self) {
        let mut missing = self.missing.lock().unwrap();
        *missing = missing.saturating_sub(1);
        if *missing == 0 {
            self.open.notify_all();
        }
    }

    /// Sleeps first and looks afterwards: a bell that rang before is never heard.
    pub fn wait(&self) {
        let mut missing = self.missing.lock().unwrap();
        loop {
            missing = self.open.wait(missing).unwrap();
            if *missing == 0 {
                return;
            }
        }
    }
}
