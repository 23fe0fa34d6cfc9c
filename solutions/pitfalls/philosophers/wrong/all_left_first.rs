//! Believes: left first is an order too.
//! Rejected by: two_at_the_table_never_get_stuck: deadlock

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

    /// Takes the left fork, then the right one. For the last seat the right one is fork 0.
    pub fn eat(&self, seat: usize, meal: impl FnOnce()) {
        let _left = self.forks[seat].lock().unwrap();
        let _right = self.forks[(seat + 1) % self.forks.len()].lock().unwrap();
        meal();
    }
}
