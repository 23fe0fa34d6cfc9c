//! The total lives inside the lock: reading and writing it is one step for everybody.
//!
//! For a single number, `AtomicU32::fetch_add` does the same without a lock. The lock is the better
//! habit: it still works on the day the till must also count the plates.

use std::sync::Mutex;

/// The till.
pub struct Till {
    total: Mutex<u32>,
}

impl Till {
    /// An empty till.
    pub fn new() -> Self {
        Self { total: Mutex::new(0) }
    }

    /// Rings up one sale.
    pub fn sell(&self, price: u32) {
        *self.total.lock().unwrap() += price;
    }

    /// What is in the till now.
    pub fn total(&self) -> u32 {
        *self.total.lock().unwrap()
    }
}
