//! Believes: a quick look at a flag saves the lock, and a flag needs no more than `Relaxed`.
//! Rejected by: the_door_opens_for_one_who_waits: stale read

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};

/// A door that opens, once and for all, when it has been counted down to zero.
pub struct Latch {
    missing: Mutex<usize>,
    open: Condvar,
    is_open: AtomicBool,
}

impl Latch {
    /// A latch to be counted down so many times; with 0 the door is open from the start.
    pub fn new(count: usize) -> Self {
        let is_open = AtomicBool::new(count == 0);
        Self { missing: Mutex::new(count), open: Condvar::new(), is_open }
    }

    /// One less to wait for. Once the door is open, this changes nothing.
    pub fn count_down(&self) {
        let mut missing = self.missing.lock().unwrap();
        *missing = missing.saturating_sub(1);
        if *missing == 0 {
            self.is_open.store(true, Ordering::Relaxed);
            self.open.notify_all();
        }
    }

    /// Sleeps until the door is open. Relaxed tells that it is, and nothing of what was done before.
    pub fn wait(&self) {
        if self.is_open.load(Ordering::Relaxed) {
            return;
        }
        let missing = self.missing.lock().unwrap();
        drop(self.open.wait_while(missing, |missing| *missing > 0).unwrap());
    }
}
