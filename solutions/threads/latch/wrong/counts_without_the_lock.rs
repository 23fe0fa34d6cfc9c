//! Believes: an atomic number needs no lock, so the lock is only for sleeping.
//! Rejected by: the_door_opens_for_one_who_waits: lost wake-up

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

/// A door that opens, once and for all, when it has been counted down to zero.
pub struct Latch {
    missing: AtomicUsize,
    asleep: Mutex<()>,
    open: Condvar,
}

impl Latch {
    /// A latch to be counted down so many times; with 0 the door is open from the start.
    pub fn new(count: usize) -> Self {
        Self { missing: AtomicUsize::new(count), asleep: Mutex::new(()), open: Condvar::new() }
    }

    /// One less to wait for. All of this fits between somebody's last look and their sleep.
    pub fn count_down(&self) {
        let less = |missing: usize| missing.checked_sub(1);
        let counted = self.missing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less);
        if counted == Ok(1) {
            self.open.notify_all();
        }
    }

    /// Sleeps until the door is open.
    pub fn wait(&self) {
        let mut asleep = self.asleep.lock().unwrap();
        while self.missing.load(Ordering::SeqCst) > 0 {
            asleep = self.open.wait(asleep).unwrap();
        }
    }
}
