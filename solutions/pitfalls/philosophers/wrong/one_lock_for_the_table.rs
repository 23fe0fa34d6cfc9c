//! Believes: if only one eats at a time, nobody can get stuck, and that is all that was asked.
//! Rejected by: two_who_share_no_fork_can_eat_at_once

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

    /// Takes fork 0, whoever asks: one lock for the whole table.
    pub fn eat(&self, _seat: usize, meal: impl FnOnce()) {
        let _table = self.forks[0].lock().unwrap();
        meal();
    }
}
