//! Believes: every access to the total is under the lock, so the till is safe.
//! Rejected by: two_cooks_at_once_lose_no_sale: check-then-act

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

    /// Rings up one sale. The lock is given back between the two lines.
    pub fn sell(&self, price: u32) {
        let total = *self.total.lock().unwrap();
        *self.total.lock().unwrap() = total + price;
    }

    /// What is in the till now.
    pub fn total(&self) -> u32 {
        *self.total.lock().unwrap()
    }
}
