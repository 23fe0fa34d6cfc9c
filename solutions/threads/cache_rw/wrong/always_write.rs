//! Believes: taking the lock to write is always right, and shorter.
//! Rejected by: two_read_a_known_price_at_once

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

    /// The price of a dish. Even those who only read keep everybody else out.
    pub fn price(&self, dish: &str, work_out: impl FnOnce() -> P) -> P {
        let mut prices = self.prices.write().unwrap();
        prices.entry(dish.to_owned()).or_insert_with(work_out).clone()
    }
}
