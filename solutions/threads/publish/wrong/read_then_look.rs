//! Believes: it does not matter whether the special is read before the flag or after it.
//! Rejected by: whoever_sees_the_flag_sees_the_whole_special: broken invariant

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The board in the yard.
pub struct Board {
    dish: AtomicU32,
    price: AtomicU32,
    flag: AtomicBool,
}

impl Board {
    /// An empty board, its flag down.
    pub fn new() -> Self {
        Self { dish: AtomicU32::new(0), price: AtomicU32::new(0), flag: AtomicBool::new(false) }
    }

    /// Writes the special and raises the flag.
    pub fn publish(&self, dish: u32, price: u32) {
        self.dish.store(dish, Ordering::Relaxed);
        self.price.store(price, Ordering::Relaxed);
        self.flag.store(true, Ordering::Release);
    }

    /// Dish and price, read before the flag says that they are there.
    pub fn read(&self) -> Option<(u32, u32)> {
        let special = (self.dish.load(Ordering::Relaxed), self.price.load(Ordering::Relaxed));
        self.flag.load(Ordering::Acquire).then_some(special)
    }
}
