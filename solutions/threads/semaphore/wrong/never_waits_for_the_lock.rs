//! Believes: who must never wait must not wait for the lock either, so it tries that, too.
//! Rejected by: two_permits_that_are_free_serve_two_who_ask_at_once: broken invariant

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
        let free = self.free.lock().unwrap();
        // Looks again after every sleep: somebody who never slept may have taken what woke us.
        let mut free = self.given_back.wait_while(free, |free| *free == 0).unwrap();
        *free -= 1;
        Permit { semaphore: self }
    }

    /// Takes a permit if one is free at this moment.
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        // Somebody else is about to take or to give back: that is no reason to go without.
        let mut free = self.free.try_lock().ok()?;
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
