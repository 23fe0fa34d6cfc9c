//! Philosophers sit around a table; between each two of them lies one fork, and each needs two to eat.
//!
//! Seat 0 has fork 0 on the left and fork 1 on the right; the last seat has fork 0 on the right.
//! `eat` must hold both forks while `meal` runs, and put both back afterwards. Whatever the order of
//! everybody's steps, all must get to eat; and two who share no fork must be able to eat at the same
//! time, so one lock for the whole table will not do.

use std::sync::Mutex;

/// The table with its forks.
pub struct Table {
    forks: Vec<Mutex<()>>,
}

impl Table {
    /// A table for `seats` philosophers; at least two.
    pub fn new(seats: usize) -> Self {
        Self { forks: (0..seats).map(|_| Mutex::new(())).collect() }
    }

    /// Takes both forks of `seat`, runs `meal`, puts both back.
    pub fn eat(&self, seat: usize, meal: impl FnOnce()) {
        todo!()
    }
}
