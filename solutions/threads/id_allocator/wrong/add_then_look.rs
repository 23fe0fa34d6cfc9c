//! Believes: numbers beyond the end do no harm, as they are not given out.
//! Rejected by: an_empty_box_stays_empty

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

    /// The next number. Draws from an empty box go on counting, and a byte begins again after 255.
    pub fn draw(&self) -> Option<u8> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (number < self.end).then_some(number)
    }
}
