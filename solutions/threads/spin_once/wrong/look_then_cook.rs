//! Believes: the pot is marked at once after the look, so nobody else can begin.
//! Rejected by: two_who_come_at_once_cook_once_and_both_see_all_of_it: stale read

use std::hint;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

/// Nobody has begun.
const EMPTY: u8 = 0;
/// Somebody cooks.
const COOKING: u8 = 1;
/// The stock is there.
const READY: u8 = 2;

/// The pot of the day.
pub struct Pot {
    state: AtomicU8,
    stock: AtomicU32,
}

impl Pot {
    /// An empty pot.
    pub fn new() -> Self {
        Self { state: AtomicU8::new(EMPTY), stock: AtomicU32::new(0) }
    }

    /// The stock. Between the look and the mark a second cook may look.
    pub fn get_or_cook(&self, cook: impl FnOnce() -> u32) -> u32 {
        if self.state.load(Ordering::Acquire) == EMPTY {
            self.state.store(COOKING, Ordering::Release);
            self.stock.store(cook(), Ordering::Relaxed);
            self.state.store(READY, Ordering::Release);
        }
        loop {
            match self.get() {
                Some(stock) => return stock,
                None => hint::spin_loop(),
            }
        }
    }

    /// The stock if it is ready. Does not wait.
    pub fn get(&self) -> Option<u32> {
        let ready = self.state.load(Ordering::Acquire) == READY;
        ready.then(|| self.stock.load(Ordering::Relaxed))
    }
}
