//! Believes: a fork taken by a helper stays taken when the helper returns.
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

    /// Takes both forks; each guard is dropped at the end of the helper, before the meal.
    pub fn eat(&self, seat: usize, meal: impl FnOnce()) {
        let (left, right) = (seat, (seat + 1) % self.forks.len());
        self.take(left.min(right));
        self.take(left.max(right));
        meal();
    }

    fn take(&self, fork: usize) {
        let _held = self.forks[fork].lock().unwrap();
    }
}
