//! Opening time: the crowd waits at the door, and one call lets everybody in.
//!
//! An event is something that has happened or has not. Until `set` is called, everybody who calls `wait`
//! is kept; from then on nobody is, neither those who wait already nor those who come later. Setting it
//! again changes nothing. `wait_for` does not wait longer than `limit`, and says whether it has happened.

use std::time::Duration;

/// Happens once, and has happened ever after.
pub struct Event {
    // Your fields.
}

impl Event {
    /// An event that has not happened yet.
    pub fn new() -> Self {
        todo!()
    }

    /// Now it has happened.
    pub fn set(&self) {
        todo!()
    }

    /// Whether it has happened.
    pub fn is_set(&self) -> bool {
        todo!()
    }

    /// Waits until it has happened.
    pub fn wait(&self) {
        todo!()
    }

    /// Waits until it has happened, but not longer than `limit`. Whether it has.
    pub fn wait_for(&self, limit: Duration) -> bool {
        todo!()
    }
}
