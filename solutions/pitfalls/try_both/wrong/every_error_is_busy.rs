//! Believes: `try_lock` fails for one reason only: the tool is in another's hand.
//! Rejected by: a_tool_that_somebody_has_panicked_with_is_not_taken_for_a_busy_one

use std::sync::Mutex;

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
        if let Ok(mut first) = first.try_lock()
            && let Ok(mut second) = second.try_lock()
        {
            return Some(job(&mut first, &mut second));
        }
    }
    None
}
