//! Three states: the exchange picks one cook, Release hands the stock over, Acquire takes it.
//!
//! `OnceLock` is this, with an `UnsafeCell` for the stock and a way to sleep for those who wait.

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

    /// The stock, cooked by `cook` if nobody has begun to.
    pub fn get_or_cook(&self, cook: impl FnOnce() -> u32) -> u32 {
        // Of all who find the pot empty one succeeds, as the exchange looks and writes in one step.
        // Relaxed: who begins has nothing to hand over yet, and who fails looks again below.
        let begin =
            self.state.compare_exchange(EMPTY, COOKING, Ordering::Relaxed, Ordering::Relaxed);
        if begin.is_ok() {
            let stock = cook();
            // Relaxed: the next line hands it over.
            self.stock.store(stock, Ordering::Relaxed);
            // Release: whoever sees READY by an Acquire sees the stock, and all that `cook` has done.
            self.state.store(READY, Ordering::Release);
            return stock;
        }
        loop {
            match self.get() {
                Some(stock) => return stock,
                // Tells the processor that this is a wait; a thread that may wait long should sleep.
                None => hint::spin_loop(),
            }
        }
    }

    /// The stock if it is ready. Does not wait.
    pub fn get(&self) -> Option<u32> {
        // Acquire: takes over what was done before READY was written.
        let ready = self.state.load(Ordering::Acquire) == READY;
        // Relaxed: after that there is only one stock left to read.
        ready.then(|| self.stock.load(Ordering::Relaxed))
    }
}
