//! Everybody takes the fork with the lower number first, so no circle of waiting can close.

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
        let (left, right) = (seat, (seat + 1) % self.forks.len());
        // The last seat is the only one whose left fork is the higher: it turns round and breaks the circle.
        let _low = self.forks[left.min(right)].lock().unwrap();
        let _high = self.forks[left.max(right)].lock().unwrap();
        meal();
    }
}
