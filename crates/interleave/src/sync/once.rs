//! `Once`: a flag that is looked at first, and a lock behind it for whoever finds it down.

use std::fmt;
use std::sync as real;

use super::Mutex;
use super::atomic::{AtomicU8, Ordering};
use crate::model::{Setting, setting};

/// Nobody has begun, or nobody has come to the end without panicking.
const NEW: u8 = 0;
/// The closure has panicked.
const POISONED: u8 = 1;
/// The closure has come to its end.
const DONE: u8 = 2;

/// Something done once; see [`std::sync::Once`].
pub struct Once {
    state: AtomicU8,
    lock: Mutex<()>,
    real: real::Once,
}

/// What a closure given to [`Once::call_once_force`] is told.
#[derive(Debug)]
pub struct OnceState {
    was_poisoned: bool,
}

impl OnceState {
    /// Whether an earlier attempt panicked.
    pub fn is_poisoned(&self) -> bool {
        self.was_poisoned
    }
}

impl Once {
    /// Something that has not been done.
    pub const fn new() -> Self {
        Once { state: AtomicU8::new(NEW), lock: Mutex::new(()), real: real::Once::new() }
    }

    /// Runs the closure unless one has run already, and waits until it has come to its end.
    ///
    /// # Panics
    /// If an earlier closure panicked.
    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, body: F) {
        match setting() {
            Setting::Inside(_) => self.call(false, |_| body()),
            _ => self.real.call_once(body),
        }
    }

    /// Runs the closure unless one has run without panicking.
    #[track_caller]
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, body: F) {
        match setting() {
            Setting::Inside(_) => self.call(true, body),
            _ => self.real.call_once_force(|state| {
                body(&OnceState { was_poisoned: state.is_poisoned() });
            }),
        }
    }

    /// Whether a closure has come to its end.
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        match setting() {
            Setting::Inside(_) => self.state.load(Ordering::Acquire) == DONE,
            _ => self.real.is_completed(),
        }
    }

    /// Makes it something that has not been done, for a run that has not used it yet.
    pub(super) fn undo(&self) {
        self.state.put_back(NEW);
    }

    #[track_caller]
    fn call(&self, force: bool, body: impl FnOnce(&OnceState)) {
        // Acquire: what the closure has written is seen by all who find it done.
        if self.state.load(Ordering::Acquire) == DONE {
            return;
        }
        // A closure that panics leaves the lock poisoned; the state tells about that.
        let guard = self.lock.lock().unwrap_or_else(real::PoisonError::into_inner);
        // Relaxed from here on, since the lock orders the attempts.
        let state = self.state.load(Ordering::Relaxed);
        if state == DONE {
            return;
        }
        assert!(force || state != POISONED, "Once instance has previously been poisoned");
        let poison = Poison(&self.state);
        body(&OnceState { was_poisoned: state == POISONED });
        std::mem::forget(poison);
        // Release: pairs with the Acquire of those who come without the lock.
        self.state.store(DONE, Ordering::Release);
        drop(guard);
    }
}

/// Notes that the closure has panicked.
struct Poison<'a>(&'a AtomicU8);

impl Drop for Poison<'_> {
    fn drop(&mut self) {
        self.0.store(POISONED, Ordering::Relaxed);
    }
}

impl Default for Once {
    fn default() -> Self {
        Once::new()
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
