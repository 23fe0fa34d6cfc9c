//! A desk that accepts every order ends up with a queue that nobody leaves in time. Better to say "busy"
//! at the door: the customer can go elsewhere, and those inside are served.
//!
//! `Admission::new(places)` has that many places. `admit(work)` runs the work while it holds a place and
//! gives its value; when all places are taken it answers `Err(Busy)` at once: it does not wait, and it
//! does not begin the work. A place is free again when its work ends, however it ends: with a value, by a
//! panic, or because the caller dropped the future half-way.

use std::future::Future;

/// All places are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// The door of the desk, shared by reference among all requests.
pub struct Admission {
    // yours
}

impl Admission {
    /// A door with this many places.
    pub fn new(places: usize) -> Self {
        todo!()
    }

    /// Runs `work` in a free place, or refuses at once.
    pub async fn admit<T>(&self, work: impl Future<Output = T>) -> Result<T, Busy> {
        todo!()
    }
}
