//! Believes: lines run in the order in which they are written, so Relaxed will do.
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

    /// Writes the special and then raises the flag. Only this thread is bound to see it in that order.
    pub fn publish(&self, dish: u32, price: u32) {
        self.dish.store(dish, Ordering::Relaxed);
        self.price.store(price, Ordering::Relaxed);
        self.flag.store(true, Ordering::Relaxed);
    }

    /// Dish and price if the flag is up.
    pub fn read(&self) -> Option<(u32, u32)> {
        let up = self.flag.load(Ordering::Relaxed);
        up.then(|| (self.dish.load(Ordering::Relaxed), self.price.load(Ordering::Relaxed)))
    }
}
