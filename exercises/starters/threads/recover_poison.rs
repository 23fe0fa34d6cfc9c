//! A pantry that is being restocked when the floor gives way. Put right what is half done, and go on.
//!
//! The pantry knows what lies on each shelf, and how much that is in all, so that nobody has to add
//! up. `restock` fills shelf after shelf and then writes down the sum. If `unpack` panics, the sum
//! is missing: the `Mutex` is poisoned, and from then on every `unwrap` panics, too.
//!
//! Let the pantry recover. What lies on a shelf stays there, the total is put right, and everybody
//! can use the pantry again, even somebody who locks it with a plain `unwrap`. But who was
//! restocking when it happened must hear of the panic.

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

    /// The way in, for everybody.
    fn lock(&self) -> MutexGuard<'_, Stock> {
        self.stock.lock().unwrap()
    }
}
