//! Believes: what matters is that a lock is held, not which one.
//! Rejected by: two_cooks_at_once_lose_no_sale: lost update

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

/// The till.
pub struct Till {
    total: AtomicU32,
}

impl Till {
    /// An empty till.
    pub fn new() -> Self {
        Self { total: AtomicU32::new(0) }
    }

    /// Rings up one sale. Each call locks a lock that nobody else knows.
    pub fn sell(&self, price: u32) {
        let lock = Mutex::new(());
        let _guard = lock.lock().unwrap();
        let total = self.total.load(Ordering::SeqCst);
        self.total.store(total + price, Ordering::SeqCst);
    }

    /// What is in the till now.
    pub fn total(&self) -> u32 {
        self.total.load(Ordering::SeqCst)
    }
}
