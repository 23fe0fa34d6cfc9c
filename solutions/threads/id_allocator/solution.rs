//! Looks first, and takes the number only if nobody was faster: the counter never leaves the range.
//!
//! Relaxed is enough: all draws are steps on one variable, and these always stand in one order. The number
//! says nothing about other memory. The standard library numbers its threads like this.

use std::ops::Range;
use std::sync::atomic::{AtomicU8, Ordering};

/// A box of numbered slips.
pub struct Slips {
    next: AtomicU8,
    end: u8,
}

impl Slips {
    /// A box with the numbers of this range; an empty one if the range is empty.
    pub fn new(numbers: Range<u8>) -> Self {
        Self { next: AtomicU8::new(numbers.start), end: numbers.end }
    }

    /// The next number, or `None` if all have been drawn.
    pub fn draw(&self) -> Option<u8> {
        // A loop around `compare_exchange_weak`: it looks again for as long as somebody else was faster.
        let after = |next| (next < self.end).then(|| next + 1);
        self.next.try_update(Ordering::Relaxed, Ordering::Relaxed, after).ok()
    }
}
