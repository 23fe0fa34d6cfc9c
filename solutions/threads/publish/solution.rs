//! Write, then release the flag; acquire the flag, then read: the flag carries everything before it.
//!
//! On x86 processors this costs nothing: a plain store already releases, a plain load already acquires. The
//! orderings are for the compiler there, and for the processor everywhere else.

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
        // Relaxed: the flag below hands them over.
        self.dish.store(dish, Ordering::Relaxed);
        self.price.store(price, Ordering::Relaxed);
        // Release: whoever sees the flag by an Acquire also sees what was written above.
        self.flag.store(true, Ordering::Release);
    }

    /// Dish and price if the flag is up. Does not wait.
    pub fn read(&self) -> Option<(u32, u32)> {
        // Acquire: takes over what the chef had written before the flag went up.
        let up = self.flag.load(Ordering::Acquire);
        // Relaxed: after that look there is only one value left to read in each.
        up.then(|| (self.dish.load(Ordering::Relaxed), self.price.load(Ordering::Relaxed)))
    }
}
