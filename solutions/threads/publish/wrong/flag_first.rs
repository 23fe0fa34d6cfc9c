//! Believes: Release and Acquire on the flag make the whole function one step.
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

    /// Raises the flag and writes the special. Release hands over what came before it: nothing.
    pub fn publish(&self, dish: u32, price: u32) {
        self.flag.store(true, Ordering::Release);
        self.dish.store(dish, Ordering::Relaxed);
        self.price.store(price, Ordering::Relaxed);
    }

    /// Dish and price if the flag is up.
    pub fn read(&self) -> Option<(u32, u32)> {
        let up = self.flag.load(Ordering::Acquire);
        up.then(|| (self.dish.load(Ordering::Relaxed), self.price.load(Ordering::Relaxed)))
    }
}
