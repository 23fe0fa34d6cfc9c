//! Believes: one that went too far is taken back at once, so the counter cannot run away.
//! Rejected by: a_crowd_at_an_empty_box_gets_nothing: broken invariant

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

    /// The next number. For a moment the counter stands beyond the end, and somebody may draw just then.
    pub fn draw(&self) -> Option<u8> {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        if number >= self.end {
            self.next.fetch_sub(1, Ordering::SeqCst);
            return None;
        }
        Some(number)
    }
}
