//! Believes: after an `.await` the next line always runs, so the place can be given back there.
//! Rejected by: a_place_is_free_again_when_the_caller_leaves

use std::future::Future;
use std::sync::Mutex;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

pub struct Admission {
    free: Mutex<usize>,
}

impl Admission {
    pub fn new(places: usize) -> Self {
        Self { free: Mutex::new(places) }
    }

    pub async fn admit<T>(&self, work: impl Future<Output = T>) -> Result<T, Busy> {
        {
            let mut free = self.free.lock().unwrap();
            *free = free.checked_sub(1).ok_or(Busy)?;
        }
        let value = work.await;
        *self.free.lock().unwrap() += 1;
        Ok(value)
    }
}
