//! Believes: somebody can be asleep only while no permit is free, so only the first one has to ring.
//! Rejected by: two_who_wait_are_both_let_in_when_two_permits_go_back: lost wake-up

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
        let mut free = self.free.lock().unwrap();
        *free = free.checked_sub(1)?;
        Some(Permit { semaphore: self })
    }
}

/// Runs on every way out of the work, by a panic too.
impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut free = self.semaphore.free.lock().unwrap();
        *free += 1;
        // A second permit, given back before the first sleeper is up, wakes nobody.
        if *free == 1 {
            self.semaphore.given_back.notify_one();
        }
    }
}
