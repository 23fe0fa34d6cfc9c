//! Believes: long work does not belong under a lock, and the first to write it down has won.
//! Rejected by: two_who_ask_for_a_new_dish_at_once_share_one_computation: check-then-act

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

    /// The price of a dish: one for all, but two may work it out.
    pub fn price(&self, dish: &str, work_out: impl FnOnce() -> P) -> P {
        let known = self.prices.read().unwrap().get(dish).cloned();
        known.unwrap_or_else(|| {
            let price = work_out();
            let mut prices = self.prices.write().unwrap();
            prices.entry(dish.to_owned()).or_insert(price).clone()
        })
    }
}
