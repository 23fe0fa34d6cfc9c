//! Believes: the chef publishes, so the ordering is the chef's business alone.
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

    /// Writes the special and raises the flag.
    pub fn publish(&self, dish: u32, price: u32) {
        self.dish.store(dish, Ordering::Relaxed);
        self.price.store(price, Ordering::Relaxed);
        self.flag.store(true, Ordering::Release);
    }

    /// Dish and price if the flag is up. A Relaxed look at a released flag takes nothing over.
    pub fn read(&self) -> Option<(u32, u32)> {
        let up = self.flag.load(Ordering::Relaxed);
        up.then(|| (self.dish.load(Ordering::Relaxed), self.price.load(Ordering::Relaxed)))
    }
}
