//! How long judges wait for what must come: long, the first time; little, once it has not come.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Condvar, MutexGuard, PoisonError};
use std::time::Duration;

/// Far longer than any busy machine needs: only an answer that never gets there waits this long.
const PATIENCE: Duration = Duration::from_secs(2);

/// The next waits of a judge that has waited in vain: the verdict is known, and none should take longer
/// than a person is willing to watch.
const LITTLE_PATIENCE: Duration = Duration::from_millis(200);

static IN_VAIN: AtomicBool = AtomicBool::new(false);

/// Waits for a message, but not for ever.
///
/// # Errors
/// When none comes: nobody is left to send one, or patience has run out.
pub fn recv<T>(messages: &Receiver<T>) -> Result<T, RecvTimeoutError> {
    let message = messages.recv_timeout(left());
    note(matches!(message, Err(RecvTimeoutError::Timeout)));
    message
}

/// Waits while `unwanted` holds, but not for ever. True when it still does.
pub fn wait_while<'a, T>(
    change: &Condvar,
    guard: MutexGuard<'a, T>,
    unwanted: impl FnMut(&mut T) -> bool,
) -> (MutexGuard<'a, T>, bool) {
    // A panic in an answer is that test's affair; what is counted under the lock stays right.
    let waited = change.wait_timeout_while(guard, left(), unwanted);
    let (guard, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
    note(timeout.timed_out());
    (guard, timeout.timed_out())
}

fn left() -> Duration {
    // Relaxed, here and below: it only shortens a wait, and orders nothing.
    if IN_VAIN.load(Ordering::Relaxed) { LITTLE_PATIENCE } else { PATIENCE }
}

fn note(was_in_vain: bool) {
    if was_in_vain {
        IN_VAIN.store(true, Ordering::Relaxed);
    }
}
