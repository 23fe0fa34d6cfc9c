//! Believes: no sensible stock is 0, so 0 can mean that there is none yet.
//! Rejected by: a_stock_of_zero_is_a_stock

use std::sync::atomic::{AtomicU32, Ordering};

/// The pot of the day.
pub struct Pot {
    stock: AtomicU32,
}

impl Pot {
    /// An empty pot.
    pub fn new() -> Self {
        Self { stock: AtomicU32::new(0) }
    }

    /// The stock; whoever reads 0 cooks, and the first to write wins.
    pub fn get_or_cook(&self, cook: impl FnOnce() -> u32) -> u32 {
        if let Some(stock) = self.get() {
            return stock;
        }
        let mine = cook();
        let write = self.stock.compare_exchange(0, mine, Ordering::AcqRel, Ordering::Acquire);
        write.err().unwrap_or(mine)
    }

    /// The stock if it is ready. Does not wait.
    pub fn get(&self) -> Option<u32> {
        Some(self.stock.load(Ordering::Acquire)).filter(|stock| *stock != 0)
    }
}
