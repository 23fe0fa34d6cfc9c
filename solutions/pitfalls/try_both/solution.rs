//! Each try holds its guards in a scope of its own, so that they are gone before anybody steps back.

use std::sync::{Mutex, MutexGuard, TryLockError};

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
    mut step_back: impl FnMut(usize),
    job: impl FnOnce(&mut A, &mut B) -> R,
) -> Option<R> {
    for failed in 0..tries {
        if failed > 0 {
            step_back(failed);
        }
        if let Some((mut first, mut second)) = take_both(first, second) {
            return Some(job(&mut first, &mut second));
        }
    }
    None
}

/// Both guards, or none: what it has taken goes back when it returns without the other.
fn take_both<'a, A, B>(
    first: &'a Mutex<A>,
    second: &'a Mutex<B>,
) -> Option<(MutexGuard<'a, A>, MutexGuard<'a, B>)> {
    let first = take(first)?;
    let second = take(second)?;
    Some((first, second))
}

/// The guard, or `None` if the tool is in another's hand. `try_lock().ok()` would hide a panic.
fn take<T>(tool: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match tool.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Poisoned(_)) => panic!("somebody has panicked with this tool in hand"),
    }
}
