//! Believes: a total of its own, under a lock of its own, leaves only one lock to take in the report.
//! Rejected by: both_numbers_of_a_report_are_of_one_moment: broken invariant

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
    /// What they come to.
    total: Mutex<u32>,
}

impl Till {
    /// A till that has sold nothing.
    pub fn new() -> Self {
        Self { sales: Mutex::new(Vec::new()), total: Mutex::new(0) }
    }

    /// Sells a plate for this price.
    pub fn sell(&self, price: u32) {
        self.sales.lock().unwrap().push(price);
        *self.total.lock().unwrap() += price;
    }

    /// How many plates were sold.
    pub fn plates(&self) -> usize {
        self.sales.lock().unwrap().len()
    }

    /// For how much, in all.
    pub fn total(&self) -> u32 {
        *self.total.lock().unwrap()
    }

    /// Both numbers; between the plate and its price somebody may look.
    pub fn report(&self) -> Report {
        let sales = self.sales.lock().unwrap();
        Report { plates: sales.len(), total: self.total() }
    }
}
