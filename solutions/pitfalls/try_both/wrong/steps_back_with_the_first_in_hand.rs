//! Believes: a guard that is not used any more is gone.
//! Rejected by: who_steps_back_has_empty_hands: broken invariant

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
    for failed in 1..=tries {
        if let Some(mut first) = take(first) {
            if let Some(mut second) = take(second) {
                return Some(job(&mut first, &mut second));
            }
            if failed < tries {
                step_back(failed);
            }
        } else if failed < tries {
            step_back(failed);
        }
    }
    None
}

/// The guard, or `None` if the tool is in another's hand. `try_lock().ok()` would hide a panic.
fn take<T>(tool: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match tool.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Poisoned(_)) => panic!("somebody has panicked with this tool in hand"),
    }
}
