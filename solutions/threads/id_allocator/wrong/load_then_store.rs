//! Believes: each step is atomic, so the three lines are.
//! Rejected by: two_cooks_get_two_numbers: lost update

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

    /// The next number. Between the load and the store somebody else may read the same one.
    pub fn draw(&self) -> Option<u8> {
        let number = self.next.load(Ordering::SeqCst);
        if number >= self.end {
            return None;
        }
        self.next.store(number + 1, Ordering::SeqCst);
        Some(number)
    }
}
