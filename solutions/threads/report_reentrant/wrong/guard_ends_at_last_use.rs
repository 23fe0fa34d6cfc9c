//! Believes: a guard is let go at its last use.
//! Rejected by: a_report_comes: deadlock

use std::sync::Mutex;

/// The evening report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Report {
    pub plates: usize,
    pub total: u32,
}

/// What was sold.
pub struct Till {
    /// The price of every plate.
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

    /// Both numbers; the guard lives on to the end of the block, though nobody uses it any more.
    pub fn report(&self) -> Report {
        let sales = self.sales.lock().unwrap();
        let plates = sales.len();
        Report { plates, total: self.total() }
    }
}
