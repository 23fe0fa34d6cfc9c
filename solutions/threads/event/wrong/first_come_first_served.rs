//! Believes: who comes through the door closes it again.
//! Rejected by: what_has_happened_stays_so: broken invariant

use std::sync::{Condvar, Mutex};
use std::time::Duration;

/// Happens once, and has happened ever after.
pub struct Event {
    happened: Mutex<bool>,
    news: Condvar,
}

impl Event {
    /// An event that has not happened yet.
    pub fn new() -> Self {
        Self { happened: Mutex::new(false), news: Condvar::new() }
    }

    /// Now it has happened.
    pub fn set(&self) {
        // Under the lock: nobody is between looking and falling asleep while the bool changes.
        *self.happened.lock().unwrap() = true;
        self.news.notify_all();
    }

    /// Whether it has happened.
    pub fn is_set(&self) -> bool {
        *self.happened.lock().unwrap()
    }

    /// Waits until it has happened.
    pub fn wait(&self) {
        let happened = self.happened.lock().unwrap();
        *self.news.wait_while(happened, |happened| !*happened).unwrap() = false;
    }

    /// Waits until it has happened, but not longer than `limit`. Whether it has.
    pub fn wait_for(&self, limit: Duration) -> bool {
        let happened = self.happened.lock().unwrap();
        let waited = self.news.wait_timeout_while(happened, limit, |happened| !*happened);
        *waited.unwrap().0
    }
}
