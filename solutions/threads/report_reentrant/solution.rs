//! Outside, each method locks once; inside, those who do the work are given what the lock protects.

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
        plates(&self.sales.lock().unwrap())
    }

    /// For how much, in all.
    pub fn total(&self) -> u32 {
        total(&self.sales.lock().unwrap())
    }

    /// Both numbers, of one moment: under one guard.
    pub fn report(&self) -> Report {
        let sales = self.sales.lock().unwrap();
        Report { plates: plates(&sales), total: total(&sales) }
    }
}

// Whoever calls these has the lock already: they ask for what is inside, and cannot ask for the lock.

fn plates(sales: &[u32]) -> usize {
    sales.len()
}

fn total(sales: &[u32]) -> u32 {
    sales.iter().sum()
}
