//! Believes: a panic that is caught has done no harm.
//! Rejected by: who_restocked_hears_of_the_panic

use std::panic::{AssertUnwindSafe, catch_unwind};
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

    /// Adds to each shelf what `unpack` finds for it, up to the first that panics. Nobody hears of it.
    pub fn restock(&self, mut unpack: impl FnMut(usize) -> u32) {
        let mut stock = self.lock();
        for shelf in 0..stock.shelves.len() {
            let unpack = AssertUnwindSafe(|| unpack(shelf));
            let Ok(found) = catch_unwind(unpack) else { break };
            stock.shelves[shelf] += found;
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
