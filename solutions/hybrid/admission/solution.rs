//! A door that refuses: a semaphore that is tried, never waited for.

use std::future::Future;

use tokio::sync::Semaphore;

/// All places are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// The door of the desk, shared by reference among all requests.
pub struct Admission {
    places: Semaphore,
}

impl Admission {
    /// A door with this many places.
    pub fn new(places: usize) -> Self {
        Self { places: Semaphore::new(places) }
    }

    /// Runs `work` in a free place, or refuses at once.
    pub async fn admit<T>(&self, work: impl Future<Output = T>) -> Result<T, Busy> {
        // The permit is given back when it is dropped: after the value, in a panic, with the future.
        let _place = self.places.try_acquire().map_err(|_| Busy)?;
        Ok(work.await)
    }
}
