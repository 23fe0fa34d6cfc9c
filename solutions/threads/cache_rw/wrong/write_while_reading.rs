//! Believes: the guard in the head of a `match` is gone when an arm begins.
//! Rejected by: a_new_dish_is_worked_out: deadlock

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

    /// The price of a dish. In the arm of `None` the lock is still held to read.
    pub fn price(&self, dish: &str, work_out: impl FnOnce() -> P) -> P {
        match self.prices.read().unwrap().get(dish) {
            Some(price) => price.clone(),
            None => {
                let mut prices = self.prices.write().unwrap();
                prices.entry(dish.to_owned()).or_insert_with(work_out).clone()
            }
        }
    }
}
