//! Believes: who is woken has been given the permit.
//! Rejected by: as_many_are_inside_as_there_are_permits_and_never_more: broken invariant

use std::sync::{Condvar, Mutex};

/// Hands out a fixed number of permits.
pub struct Semaphore {
    free: Mutex<usize>,
    given_back: Condvar,
}

/// The right to go on; it goes back when this is dropped.
pub struct Permit<'a> {
    semaphore: &'a Semaphore,
}

impl Semaphore {
    /// A semaphore with so many free permits.
    pub fn new(permits: usize) -> Self {
        Self { free: Mutex::new(permits), given_back: Condvar::new() }
    }

    /// Waits until a permit is free, and takes it.
    pub fn acquire(&self) -> Permit<'_> {
        let mut free = self.free.lock().unwrap();
        if *free == 0 {
            free = self.given_back.wait(free).unwrap();
        }
        *free = free.saturating_sub(1);
        Permit { semaphore: self }
    }

    /// Takes a permit if one is free at this moment.
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut free = self.free.lock().unwrap();
        *free = free.checked_sub(1)?;
        Some(Permit { semaphore: self })
    }
}

/// Runs on every way out of the work, by a panic too.
impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.semaphore.free.lock().unwrap() += 1;
        // One permit is one cook's: waking more would send them back to sleep.
        self.semaphore.given_back.notify_one();
    }
}
