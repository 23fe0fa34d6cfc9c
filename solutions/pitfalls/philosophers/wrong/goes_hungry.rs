//! Believes: `try_lock` is the lock that cannot get stuck.
//! Rejected by: two_at_the_table_never_get_stuck: broken invariant

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
        let (left, right) = (&self.forks[seat], &self.forks[(seat + 1) % self.forks.len()]);
        if let (Ok(_left), Ok(_right)) = (left.try_lock(), right.try_lock()) {
            meal();
        }
    }
}
