//! Seven cooks have built the pass, where finished plates wait for the waiters. One of them is right. Write the
//! scenarios that find out the other six.
//!
//! A pass has room for some plates, and any number of cooks and waiters may use it at the same time:
//! - `put` puts a plate down. It waits while the pass is full.
//! - `take` takes the plate that was put down first, and waits while there is none.
//! - After `close` nobody puts any more. `take` still gives the plates that are there, and then, to everybody who
//!   waits or comes later, `None`.
//! - Whoever can go on does go on: nobody sleeps beside a plate that is there, or beside room that is free.
//!
//! A scenario is a function that builds one pass of a size of its choice, uses it (from several threads if it
//! likes), joins all its threads, and asserts what the rules above promise. The judge runs every scenario under
//! every schedule: with the right pass none may fail, and with each wrong one at least one of them must. Getting
//! stuck is a failure by itself, and needs no assertion. Each scenario must be small, a few threads and a few
//! plates: one with more than 20,000 schedules fails. In each, ask which mistake it would show, and how many
//! cooks, waiters and plates that mistake needs.

use std::sync::Arc;

/// What the cooks have built.
pub trait Pass: Send + Sync {
    /// Puts a plate down; waits while the pass is full.
    fn put(&self, plate: u32);
    /// Takes the plate that was put down first; waits while there is none. `None` if closed and empty.
    fn take(&self) -> Option<u32>;
    /// Says that no more plates will come.
    fn close(&self);
}

/// Builds an empty pass with room for so many plates, at least one.
pub type Build<'a> = &'a dyn Fn(usize) -> Arc<dyn Pass>;

/// The scenarios that the judge runs.
pub const SCENARIOS: &[fn(Build)] = &[what_is_put_can_be_taken];

/// One plate, one thread.
fn what_is_put_can_be_taken(build: Build) {
    let pass = build(1);
    pass.put(7);
    assert_eq!(pass.take(), Some(7));
}
