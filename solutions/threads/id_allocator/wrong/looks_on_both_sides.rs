//! Believes: a look before keeps the counter in the range, a look after catches the rest.
//! Rejected by: a_crowd_at_the_last_number_of_all_gets_it_once: check-then-act

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
        if self.next.load(Ordering::Relaxed) >= self.end {
            return None;
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (number < self.end).then_some(number)
    }
}
