//! Whoever finds the lock poisoned puts the total right, and only then says that it is mended.

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
        self.stock.lock().unwrap_or_else(|poison| {
            let mut stock = poison.into_inner();
            // The shelves are what is there, whole at every moment. The total only follows from them.
            stock.total = stock.shelves.iter().sum();
            // With the guard in hand: nobody can come in between the mending and the word of it.
            self.stock.clear_poison();
            stock
        })
    }
}
