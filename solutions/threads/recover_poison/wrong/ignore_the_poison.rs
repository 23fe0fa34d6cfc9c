//! Believes: poison is a nuisance, and the data is fine.
//! Rejected by: after_a_panic_the_total_is_that_of_the_shelves

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is there. Whenever nobody holds the lock, `total` is the sum of the shelves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stock {
    pub shelves: [u32; 3],
    pub total: u32,
}

/// A pantry that several cooks use.
pub struct Pantry {
    pub stock: Mutex<Stock>,
}

impl Pantry {
    /// A pantry with this on its shelves.
    pub fn new(shelves: [u32; 3]) -> Self {
        Self { stock: Mutex::new(Stock { shelves, total: shelves.iter().sum() }) }
    }

    /// Adds to each shelf what `unpack` finds for it. `unpack` is somebody else's, and may panic.
    pub fn restock(&self, mut unpack: impl FnMut(usize) -> u32) {
        let mut stock = self.lock();
        for shelf in 0..stock.shelves.len() {
            stock.shelves[shelf] += unpack(shelf);
        }
        stock.total = stock.shelves.iter().sum();
    }

    /// What is there now.
    pub fn stock(&self) -> Stock {
        *self.lock()
    }

    /// The way in, whatever has happened in there.
    fn lock(&self) -> MutexGuard<'_, Stock> {
        self.stock.clear_poison();
        self.stock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
