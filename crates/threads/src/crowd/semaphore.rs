//! A semaphore: so many at a time, and the others wait.

use std::sync::{Condvar, Mutex, PoisonError};

/// Hands out a fixed number of permits.
#[derive(Debug)]
pub struct Semaphore {
    free: Mutex<usize>,
    given_back: Condvar,
}

/// The right to go on; it goes back when this is dropped, by a panic too.
#[derive(Debug)]
#[must_use = "a permit that is dropped at once has gone back already"]
pub struct Permit<'a>(&'a Semaphore);

impl Semaphore {
    /// A semaphore with so many free permits.
    pub fn new(permits: usize) -> Self {
        Self { free: Mutex::new(permits), given_back: Condvar::new() }
    }

    /// Waits until a permit is free, and takes it.
    pub fn acquire(&self) -> Permit<'_> {
        // Poisoned or not: nobody panics between two lines that belong together.
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        // Looks again after every sleep: somebody who never slept may have taken what woke us.
        let none_free = |free: &mut usize| *free == 0;
        let free = self.given_back.wait_while(free, none_free);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Permit(self)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        // One permit is for one thread: waking more would send them back to sleep.
        self.0.given_back.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;
    use std::thread;

    use super::*;

    #[test]
    fn who_waits_is_let_in_when_a_permit_goes_back() {
        let semaphore = Semaphore::new(1);
        let permit = semaphore.acquire();
        thread::scope(|scope| {
            scope.spawn(|| drop(semaphore.acquire()));
            drop(permit);
        });
        drop(semaphore.acquire());
    }

    #[test]
    fn a_panic_gives_the_permit_back() {
        let semaphore = Semaphore::new(1);
        thread::scope(|scope| {
            let clumsy = scope.spawn(|| {
                let _permit = semaphore.acquire();
                resume_unwind(Box::new("burnt"));
            });
            clumsy.join().expect_err("it panicked");
        });
        drop(semaphore.acquire());
    }
}
