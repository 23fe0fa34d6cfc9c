//! Believes: a bool that is atomic needs no lock, so the lock is only there for the Condvar.
//! Rejected by: who_waits_is_woken_whenever_it_happens: lost wake-up

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

/// Happens once, and has happened ever after.
pub struct Event {
    happened: AtomicBool,
    asleep: Mutex<()>,
    news: Condvar,
}

impl Event {
    /// An event that has not happened yet.
    pub fn new() -> Self {
        Self { happened: AtomicBool::new(false), asleep: Mutex::new(()), news: Condvar::new() }
    }

    /// Now it has happened.
    pub fn set(&self) {
        self.happened.store(true, Ordering::SeqCst);
        self.news.notify_all();
    }

    /// Whether it has happened.
    pub fn is_set(&self) -> bool {
        self.happened.load(Ordering::SeqCst)
    }

    /// Waits until it has happened.
    pub fn wait(&self) {
        let asleep = self.asleep.lock().unwrap();
        drop(self.news.wait_while(asleep, |()| !self.is_set()).unwrap());
    }

    /// Waits until it has happened, but not longer than `limit`. Whether it has.
    pub fn wait_for(&self, limit: Duration) -> bool {
        let asleep = self.asleep.lock().unwrap();
        drop(self.news.wait_timeout_while(asleep, limit, |()| !self.is_set()).unwrap());
        self.is_set()
    }
}
