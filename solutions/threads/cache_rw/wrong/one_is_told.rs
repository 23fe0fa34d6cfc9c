//! Believes: one price is worked out, so one ring tells of it.
//! Rejected by: all_who_wait_for_a_new_dish_are_served: lost wake-up

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex};

/// The prices that are known.
pub struct Cache<P> {
    /// `None`: somebody is working it out.
    prices: Mutex<HashMap<String, Option<Arc<P>>>>,
    told: Condvar,
}

impl<P: Clone> Cache<P> {
    /// No price is known.
    pub fn new() -> Self {
        Self { prices: Mutex::default(), told: Condvar::new() }
    }

    /// The price of a dish. Calls `work_out` only if nobody has done so for this dish.
    pub fn price(&self, dish: &str, work_out: impl FnOnce() -> P) -> P {
        let mut prices = self.prices.lock().unwrap();
        loop {
            match prices.get(dish) {
                Some(Some(price)) => {
                    let price = Arc::clone(price);
                    drop(prices);
                    return P::clone(&price);
                }
                Some(None) => prices = self.told.wait(prices).unwrap(),
                None => {
                    prices.insert(dish.to_owned(), None);
                    drop(prices);
                    let price = work_out();
                    self.prices
                        .lock()
                        .unwrap()
                        .insert(dish.to_owned(), Some(Arc::new(price.clone())));
                    self.told.notify_one();
                    return price;
                }
            }
        }
    }
}
