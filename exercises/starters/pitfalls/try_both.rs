//! Two tools, no order in which to take them, and nobody who waits: who cannot have both puts back what it has.
//!
//! A try takes the first tool, then the second, without waiting for either. If one of them is in
//! another's hand, the cook puts back what it holds, steps back, and tries again; the caller says how
//! long to step back. After so many failed tries the cook gives up, and the caller hears of it.

use std::sync::{Mutex, TryLockError};

/// Runs `job` with both tools in hand and returns what it returns; `None` after `tries` failed tries.
///
/// Between two tries it calls `step_back` with the number of tries that have failed so far (1, 2, …)
/// and with no tool in hand. After the last one there is nothing to step back for.
///
/// # Panics
/// If somebody has panicked with one of the tools in hand, as `lock().unwrap()` would.
pub fn try_both<A, B, R>(
    first: &Mutex<A>,
    second: &Mutex<B>,
    tries: usize,
    step_back: impl FnMut(usize),
    job: impl FnOnce(&mut A, &mut B) -> R,
) -> Option<R> {
    todo!()
}
