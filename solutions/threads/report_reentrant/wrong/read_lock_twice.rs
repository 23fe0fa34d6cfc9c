//! Believes: an `RwLock` lets its holder in again, as long as it only reads.
//! Rejected by: does not compile: E0308

use std::sync::RwLock;

/// The evening report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Report {
    pub plates: usize,
    pub total: u32,
}

/// What was sold.
pub struct Till {
    /// The price of every plate.
    pub sales: RwLock<Vec<u32>>,
}

impl Till {
    /// A till that has sold nothing.
    pub fn new() -> Self {
        Self { sales: RwLock::new(Vec::new()) }
    }

    /// Sells a plate for this price.
    pub fn sell(&self, price: u32) {
        self.sales.write().unwrap().push(price);
    }

    /// How many plates were sold.
    pub fn plates(&self) -> usize {
        self.sales.read().unwrap().len()
    }

    /// For how much, in all.
    pub fn total(&self) -> u32 {
        self.sales.read().unwrap().iter().sum()
    }

    /// Both numbers, of one moment.
    pub fn report(&self) -> Report {
        // Nobody sells while we count.
        let _sales = self.sales.read().unwrap();
        Report { plates: self.plates(), total: self.total() }
    }
}
