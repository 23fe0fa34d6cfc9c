//! Believes: the poison is cleared first, so that one can lock as usual to mend.
//! Rejected by: nobody_sees_the_lock_mended_before_the_total_is: broken invariant

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

    /// The way in, for everybody: who comes first after a panic puts right what it left.
    fn lock(&self) -> MutexGuard<'_, Stock> {
        if self.stock.is_poisoned() {
            self.stock.clear_poison();
            let mut stock = self.stock.lock().unwrap();
            stock.total = stock.shelves.iter().sum();
        }
        self.stock.lock().unwrap()
    }
}
