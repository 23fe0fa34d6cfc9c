//! Believes: who calls nobody else under the lock never leaves anything half done, so all is well.
//! Rejected by: what_lies_on_a_shelf_stays_there

use std::sync::{Mutex, MutexGuard};

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

    /// Adds to each shelf what `unpack` finds for it: all, or, after a panic, nothing.
    pub fn restock(&self, unpack: impl FnMut(usize) -> u32) {
        let found = [0, 1, 2].map(unpack);
        let mut stock = self.lock();
        for (shelf, found) in stock.shelves.iter_mut().zip(found) {
            *shelf += found;
        }
        stock.total = stock.shelves.iter().sum();
    }

    /// What is there now.
    pub fn stock(&self) -> Stock {
        *self.lock()
    }

    /// The way in, for everybody.
    fn lock(&self) -> MutexGuard<'_, Stock> {
        self.stock.lock().unwrap()
    }
}
