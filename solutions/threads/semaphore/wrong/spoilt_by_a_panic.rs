//! Believes: a panic spoils what it held, as it does with a Mutex, so the permit must not be used again.
//! Rejected by: a_panic_gives_the_permit_back: broken invariant

use std::sync::{Condvar, Mutex};
use std::thread;

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
        let mut free = self.free.lock().unwrap();
        *free = free.checked_sub(1)?;
        Some(Permit { semaphore: self })
    }
}

/// Gives back what was used as it should be.
impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        *self.semaphore.free.lock().unwrap() += 1;
        // One permit is one cook's: waking more would send them back to sleep.
        self.semaphore.given_back.notify_one();
    }
}
