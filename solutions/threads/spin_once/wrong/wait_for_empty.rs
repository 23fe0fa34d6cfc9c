//! Believes: the exchange is tried until it succeeds, as with a spin lock.
//! Rejected by: spins

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

    /// The stock. The pot never becomes empty again, so a second caller tries for ever.
    pub fn get_or_cook(&self, cook: impl FnOnce() -> u32) -> u32 {
        while self
            .state
            .compare_exchange(EMPTY, COOKING, Ordering::Acquire, Ordering::Relaxed)
            .is_err()
        {
            hint::spin_loop();
        }
        let stock = cook();
        self.stock.store(stock, Ordering::Relaxed);
        self.state.store(READY, Ordering::Release);
        stock
    }

    /// The stock if it is ready. Does not wait.
    pub fn get(&self) -> Option<u32> {
        let ready = self.state.load(Ordering::Acquire) == READY;
        ready.then(|| self.stock.load(Ordering::Relaxed))
    }
}
