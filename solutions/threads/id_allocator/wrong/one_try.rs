//! Believes: compare_exchange fails only if the box is empty.
//! Rejected by: two_cooks_get_two_numbers: broken invariant

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

    /// The next number, unless another cook draws at the same time: then nothing, though slips are left.
    pub fn draw(&self) -> Option<u8> {
        let number = self.next.load(Ordering::Relaxed);
        if number >= self.end {
            return None;
        }
        self.next.compare_exchange(number, number + 1, Ordering::Relaxed, Ordering::Relaxed).ok()
    }
}
