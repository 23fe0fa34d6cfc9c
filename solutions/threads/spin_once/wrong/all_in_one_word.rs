//! Believes: state and stock share one word and are seen together, so no ordering is needed.
//! Rejected by: two_who_come_at_once_cook_once_and_both_see_all_of_it: stale read

use std::hint;
use std::sync::atomic::{AtomicU64, Ordering};

/// Nobody has begun.
const EMPTY: u64 = 0;
/// Somebody cooks.
const COOKING: u64 = 1 << 32;
/// The stock is in the lower half.
const READY: u64 = 2 << 32;

/// The pot of the day.
pub struct Pot {
    word: AtomicU64,
}

impl Pot {
    /// An empty pot.
    pub fn new() -> Self {
        Self { word: AtomicU64::new(EMPTY) }
    }

    /// The stock. The word is seen whole; what the cook did elsewhere need not be.
    pub fn get_or_cook(&self, cook: impl FnOnce() -> u32) -> u32 {
        let begin =
            self.word.compare_exchange(EMPTY, COOKING, Ordering::Relaxed, Ordering::Relaxed);
        if begin.is_ok() {
            self.word.store(READY | u64::from(cook()), Ordering::Relaxed);
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
        let word = self.word.load(Ordering::Relaxed);
        (word >= READY).then_some(word as u32)
    }
}
