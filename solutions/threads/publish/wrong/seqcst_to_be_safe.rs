//! Believes: SeqCst is the safe choice, and costs nothing.
//! Rejected by: the_orderings_are_not_stronger_than_needed

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

    /// Writes the special and raises the flag. Called once, by one thread.
    pub fn publish(&self, dish: u32, price: u32) {
        self.dish.store(dish, Ordering::SeqCst);
        self.price.store(price, Ordering::SeqCst);
        self.flag.store(true, Ordering::SeqCst);
    }

    /// Dish and price if the flag is up. Does not wait.
    pub fn read(&self) -> Option<(u32, u32)> {
        let up = self.flag.load(Ordering::SeqCst);
        up.then(|| (self.dish.load(Ordering::SeqCst), self.price.load(Ordering::SeqCst)))
    }
}
