//! Believes: a lock that is taken was taken by my own caller, so I need not wait.
//! Rejected by: a_total_waits_for_whoever_sells: broken invariant

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
        // Taken? By `report`, which has counted already.
        self.sales.try_lock().map_or(0, |sales| sales.iter().sum())
    }

    /// Both numbers, of one moment.
    pub fn report(&self) -> Report {
        let sales = self.sales.lock().unwrap();
        let total = sales.iter().sum::<u32>() + self.total();
        Report { plates: sales.len(), total }
    }
}
