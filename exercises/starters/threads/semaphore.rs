//! Two burners and a crowd of cooks: a semaphore counts how many more may cook.
//!
//! `acquire` sleeps until a permit is free, and takes it; `try_acquire` takes one or says no, and never
//! waits. Whoever holds a `Permit` may cook. The permit goes back when it is dropped: when the dish is
//! done, and also when the cook panics in the middle of it. There are never more permits out than the
//! semaphore began with, and nobody waits while one is free.

/// Hands out a fixed number of permits.
pub struct Semaphore {
    // Your fields.
}

/// The right to go on; it goes back when this is dropped.
pub struct Permit<'a> {
    semaphore: &'a Semaphore,
}

impl Semaphore {
    /// A semaphore with so many free permits.
    pub fn new(permits: usize) -> Self {
        todo!()
    }

    /// Takes a permit; sleeps first while none is free.
    pub fn acquire(&self) -> Permit<'_> {
        todo!()
    }

    /// Takes a permit if one is free at this moment.
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        todo!()
    }
}
