//! A menu of several courses, and nobody begins the next one before everybody has finished this one.
//!
//! `wait` keeps everybody who arrives until the last of the party is there; then all go on. One of them,
//! and only one, is told `true`: it leads this round, and may say "bon appétit". After that the barrier is
//! ready for the next round, with the same party, however quick some of them are.

/// Where a party waits until it is complete, again and again.
pub struct Barrier {
    // Your fields.
}

impl Barrier {
    /// A barrier for a party of so many, at least 1.
    pub fn new(party: usize) -> Self {
        todo!()
    }

    /// Waits for the others. True for the one who leads this round.
    pub fn wait(&self) -> bool {
        todo!()
    }
}
