//! Believes: the values are what matters, so they are released and acquired, and the flag is only a flag.
//! Rejected by: whoever_sees_the_flag_sees_the_whole_special: stale read

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

    /// Writes the special and raises the flag, which may be seen up before anything else.
    pub fn publish(&self, dish: u32, price: u32) {
        self.dish.store(dish, Ordering::Release);
        self.price.store(price, Ordering::Release);
        self.flag.store(true, Ordering::Relaxed);
    }

    /// Dish and price if the flag is up.
    pub fn read(&self) -> Option<(u32, u32)> {
        let up = self.flag.load(Ordering::Relaxed);
        up.then(|| (self.dish.load(Ordering::Acquire), self.price.load(Ordering::Acquire)))
    }
}
