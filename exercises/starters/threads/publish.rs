//! The chef writes today's special on a board in the yard, and then raises a flag.
//!
//! Cooks look out of the window whenever they like, and nobody takes a lock. Whoever sees the flag up must
//! read the whole special, dish and price; whoever sees it down reads nothing. The board is written once.
//!
//! The fields are right as they are. What is left to choose is what is done in which order, and with which
//! `Ordering` (of `std::sync::atomic`): not stronger than needed.

use std::sync::atomic::{AtomicBool, AtomicU32};

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
        todo!()
    }

    /// Dish and price if the flag is up. Does not wait.
    pub fn read(&self) -> Option<(u32, u32)> {
        todo!()
    }
}
