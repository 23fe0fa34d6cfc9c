//! The till tells how many plates were sold, and for how much. Its evening report tells both, and never comes.
//!
//! In Python the three methods shared an `RLock`, which lets its holder in again. `Mutex` does not:
//! `report` holds the lock and calls two methods that want it. Keep the `Mutex`, and keep what the
//! report promises: both its numbers are of the same moment, however many cooks are selling.

use std::sync::Mutex;

/// The evening report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Report {
    pub plates: usize,
    pub total: u32,
}

/// What was sold.
pub struct Till {
    /// The price of every plate. (The judge makes sure that this is a `Mutex`.)
    pub sales: Mutex<Vec<u32>>,
}

impl Till {
    /// A till that has sold nothing.
    pub fn new() -> Self {
        Self { sales: Mutex::new(Vec::new()) }
    }

    /// Sells a plate for this price.
    pub fn sell(&self, price: u32) {
        self.sales.lock().unwrap().push(price);
    }

    /// How many plates were sold.
    pub fn plates(&self) -> usize {
        self.sales.lock().unwrap().len()
    }

    /// For how much, in all.
    pub fn total(&self) -> u32 {
        self.sales.lock().unwrap().iter().sum()
    }

    /// Both numbers, of one moment.
    pub fn report(&self) -> Report {
        // Nobody sells while we count.
        let _sales = self.sales.lock().unwrap();
        Report { plates: self.plates(), total: self.total() }
    }
}
