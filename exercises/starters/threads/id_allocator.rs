//! Every order gets a slip with a number that no other order ever has.
//!
//! A box of slips holds the numbers of a range, say `0..100`. Cooks draw from it at the same time. Each draw
//! gives the lowest number that nobody has drawn, so all of them are given out, each once. When the box is
//! empty every further draw gives `None`: today, tomorrow, and after a million draws.
//!
//! There is no lock, and the counter is a byte: it counts to 255, and then begins again at 0. Each step on it
//! takes an `Ordering` (of `std::sync::atomic`).

use std::ops::Range;
use std::sync::atomic::AtomicU8;

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
        todo!()
    }
}
