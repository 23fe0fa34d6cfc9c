//! Believes: whoever finds that somebody has begun can take the stock: swap lets only one begin.
//! Rejected by: two_who_come_at_once_cook_once_and_both_see_all_of_it: broken invariant

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The pot of the day.
pub struct Pot {
    begun: AtomicBool,
    stock: AtomicU32,
}

impl Pot {
    /// An empty pot.
    pub fn new() -> Self {
        Self { begun: AtomicBool::new(false), stock: AtomicU32::new(0) }
    }

    /// The stock; two states are too few for three situations.
    pub fn get_or_cook(&self, cook: impl FnOnce() -> u32) -> u32 {
        if !self.begun.swap(true, Ordering::AcqRel) {
            self.stock.store(cook(), Ordering::Release);
        }
        self.stock.load(Ordering::Acquire)
    }

    /// The stock if it is ready. Does not wait.
    pub fn get(&self) -> Option<u32> {
        self.begun.load(Ordering::Acquire).then(|| self.stock.load(Ordering::Acquire))
    }
}
