//! Believes: readers never wait for readers, so whoever reads may call others who read.
//! Rejected by: two_who_ask_for_a_new_dish_at_once_share_one_computation: deadlock

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

    /// Whether the price of a dish is known.
    fn knows(&self, dish: &str) -> bool {
        self.prices.read().unwrap().contains_key(dish)
    }

    /// The price of a dish. If a writer comes between the two reads, the second waits for the writer, who
    /// waits for the first.
    pub fn price(&self, dish: &str, work_out: impl FnOnce() -> P) -> P {
        let known = self.prices.read().unwrap();
        if self.knows(dish) {
            return known[dish].clone();
        }
        drop(known);
        let mut prices = self.prices.write().unwrap();
        prices.entry(dish.to_owned()).or_insert_with(work_out).clone()
    }
}
