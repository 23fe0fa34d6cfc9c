//! Believes: who has found nothing may write, for nobody comes between a look and the next line.
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

    /// The price of a dish. Does not look again when it has the lock to write.
    pub fn price(&self, dish: &str, work_out: impl FnOnce() -> P) -> P {
        let known = self.prices.read().unwrap().get(dish).cloned();
        if let Some(price) = known {
            return price;
        }
        let mut prices = self.prices.write().unwrap();
        let price = work_out();
        prices.insert(dish.to_owned(), price.clone());
        price
    }
}
