//! Believes: compare_exchange makes the update safe, so its result need not be looked at.
//! Rejected by: two_cooks_at_once_lose_no_sale: broken invariant

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

    /// Rings up one sale, unless another cook was faster; then it is forgotten.
    pub fn sell(&self, price: u32) {
        let total = self.total.load(Ordering::SeqCst);
        let _ =
            self.total.compare_exchange(total, total + price, Ordering::SeqCst, Ordering::SeqCst);
    }

    /// What is in the till now.
    pub fn total(&self) -> u32 {
        self.total.load(Ordering::SeqCst)
    }
}
