//! Believes: `let _ = permit` keeps the permit until the end of the function.
//! Rejected by: as_many_are_let_in_as_there_are_places

use std::future::Future;

use tokio::sync::Semaphore;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

pub struct Admission {
    places: Semaphore,
}

impl Admission {
    pub fn new(places: usize) -> Self {
        Self { places: Semaphore::new(places) }
    }

    pub async fn admit<T>(&self, work: impl Future<Output = T>) -> Result<T, Busy> {
        let _ = self.places.try_acquire().map_err(|_| Busy)?;
        Ok(work.await)
    }
}
