//! Believes: with an atomic number no lock is needed: look whether one is free, then take it.
//! Rejected by: the_last_permit_is_given_once: check-then-act

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Hands out a fixed number of permits.
pub struct Semaphore {
    free: AtomicUsize,
}

/// The right to go on; it goes back when this is dropped.
pub struct Permit<'a> {
    semaphore: &'a Semaphore,
}

impl Semaphore {
    /// A semaphore with so many free permits.
    pub fn new(permits: usize) -> Self {
        Self { free: AtomicUsize::new(permits) }
    }

    /// Waits until a permit is free, and takes it.
    pub fn acquire(&self) -> Permit<'_> {
        loop {
            if let Some(permit) = self.try_acquire() {
                return permit;
            }
            thread::yield_now();
        }
    }

    /// Takes a permit if one is free at this moment.
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        if self.free.load(Ordering::SeqCst) == 0 {
            return None;
        }
        self.free.fetch_sub(1, Ordering::SeqCst);
        Some(Permit { semaphore: self })
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.free.fetch_add(1, Ordering::SeqCst);
    }
}
