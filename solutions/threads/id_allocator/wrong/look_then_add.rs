//! Believes: fetch_add never gives a number twice, so it is enough to look beforehand whether one is left.
//! Rejected by: the_last_slip_goes_to_one_of_two: check-then-act

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

    /// The next number, if one was left when this cook looked.
    pub fn draw(&self) -> Option<u8> {
        if self.next.load(Ordering::SeqCst) >= self.end {
            return None;
        }
        Some(self.next.fetch_add(1, Ordering::SeqCst))
    }
}
