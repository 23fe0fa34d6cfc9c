//! Readers share the lock. Who misses takes it alone, and looks again: another may have been there meanwhile.

use std::collections::HashMap;
use std::sync::RwLock;

/// The prices that are known.
pub struct Cache<P> {
    prices: RwLock<HashMap<String, P>>,
}

impl<P: Clone> Cache<P> {
    /// No price is known.
    pub fn new() -> Self {
        Self { prices: RwLock::default() }
    }

    /// The price of a dish. Calls `work_out` only if nobody has done so for this dish.
    pub fn price(&self, dish: &str, work_out: impl FnOnce() -> P) -> P {
        // A statement of its own: the read guard is gone at its end. A lock cannot be upgraded, so
        // whoever kept it and asked to write would wait for itself.
        let known = self.prices.read().unwrap().get(dish).cloned();
        known.unwrap_or_else(|| {
            let mut prices = self.prices.write().unwrap();
            // Looks again: between the two guards anybody may have written.
            prices.entry(dish.to_owned()).or_insert_with(work_out).clone()
        })
    }
}
