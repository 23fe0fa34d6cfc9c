//! Believes: the number is atomic and can be trusted, so the lock is only for the Condvar's sake.
//! Rejected by: who_waits_is_let_in_when_a_permit_goes_back: lost wake-up

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

/// Hands out a fixed number of permits.
pub struct Semaphore {
    free: AtomicUsize,
    asleep: Mutex<()>,
    given_back: Condvar,
}

/// The right to go on; it goes back when this is dropped.
pub struct Permit<'a> {
    semaphore: &'a Semaphore,
}

impl Semaphore {
    /// A semaphore with so many free permits.
    pub fn new(permits: usize) -> Self {
        Self { free: AtomicUsize::new(permits), asleep: Mutex::new(()), given_back: Condvar::new() }
    }

    /// Waits until a permit is free, and takes it.
    pub fn acquire(&self) -> Permit<'_> {
        let mut asleep = self.asleep.lock().unwrap();
        loop {
            if let Some(permit) = self.try_acquire() {
                return permit;
            }
            // Between the look above and the sleep here, the last permit may go back unheard.
            asleep = self.given_back.wait(asleep).unwrap();
        }
    }

    /// Takes a permit if one is free at this moment: one step, so it is given once.
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let one_less = |free: usize| free.checked_sub(1);
        let taken = self.free.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
        taken.ok().map(|_| Permit { semaphore: self })
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.free.fetch_add(1, Ordering::SeqCst);
        self.semaphore.given_back.notify_one();
    }
}
