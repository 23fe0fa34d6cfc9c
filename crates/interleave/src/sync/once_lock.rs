//! `OnceLock`: a value that is written once and read ever after.

use std::fmt;
use std::sync as real;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Once;
use crate::model::{Setting, setting};

/// A value that is written once; see [`std::sync::OnceLock`].
///
/// In every run it starts without a value, unless it was given one outside of any run.
pub struct OnceLock<T> {
    /// What has been written outside of any run.
    outside: real::OnceLock<T>,
    inside: Once,
    /// The values of the runs. References to old ones may still be about, so each gets a place of
    /// its own, which is given up with the lock.
    values: real::Mutex<Vec<Box<T>>>,
    /// The run that wrote the last of them.
    run: AtomicU64,
    /// The run that used the lock last.
    met: AtomicU64,
}

impl<T> OnceLock<T> {
    /// A place without a value.
    pub const fn new() -> Self {
        OnceLock {
            outside: real::OnceLock::new(),
            inside: Once::new(),
            values: real::Mutex::new(Vec::new()),
            run: AtomicU64::new(0),
            met: AtomicU64::new(0),
        }
    }

    /// The value, if there is one.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        if let Some(value) = self.outside.get() {
            return Some(value);
        }
        match setting() {
            Setting::Inside(here) => {
                self.begin(here.run.number);
                self.inside.is_completed().then(|| self.last(here.run.number)).flatten()
            }
            _ => None,
        }
    }

    /// The value, if there is one, which nobody else can be using.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        if self.outside.get().is_some() {
            return self.outside.get_mut();
        }
        let Setting::Inside(here) = setting() else { return None };
        let is_of_this_run = *self.run.get_mut() == u64::from(here.run.number);
        let values = self.values.get_mut().unwrap_or_else(real::PoisonError::into_inner);
        values.last_mut().filter(|_| is_of_this_run).map(|value| &mut **value)
    }

    /// Writes the value.
    ///
    /// # Errors
    /// If there is one already. The error contains the new one.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.get_or_init(|| value.take().expect("written once"));
        value.map_or(Ok(()), Err)
    }

    /// The value; if there is none yet, the one that `make` returns. Others wait meanwhile.
    #[track_caller]
    pub fn get_or_init<F: FnOnce() -> T>(&self, make: F) -> &T {
        let Setting::Inside(here) = setting() else { return self.outside.get_or_init(make) };
        if let Some(value) = self.outside.get() {
            return value;
        }
        let number = here.run.number;
        self.begin(number);
        // A panic of `make` is no harm: the next may try again.
        self.inside.call_once_force(|_| self.write(number, make()));
        self.last(number).expect("it has just been written")
    }

    /// The value, without the lock.
    pub fn into_inner(mut self) -> Option<T> {
        self.take()
    }

    /// Takes the value out.
    pub fn take(&mut self) -> Option<T> {
        let is_there = self.get_mut().is_some();
        let old = std::mem::take(self);
        let values = old.values.into_inner().unwrap_or_else(real::PoisonError::into_inner);
        let inside = values.into_iter().last().filter(|_| is_there).map(|value| *value);
        old.outside.into_inner().or(inside)
    }

    /// Forgets, at the first use in a run, that an earlier run has written.
    fn begin(&self, run: u32) {
        // Relaxed: turns are passed on through locks.
        if self.met.swap(u64::from(run), Ordering::Relaxed) != u64::from(run) {
            self.inside.undo();
        }
    }

    fn write(&self, run: u32, value: T) {
        let mut values = self.values.lock().unwrap_or_else(real::PoisonError::into_inner);
        values.push(Box::new(value));
        // Relaxed: turns are passed on through locks.
        self.run.store(u64::from(run), Ordering::Relaxed);
    }

    #[expect(unsafe_code, reason = "the value outlives the lock it is found under")]
    fn last(&self, run: u32) -> Option<&T> {
        let values = self.values.lock().unwrap_or_else(real::PoisonError::into_inner);
        let is_of_this_run = self.run.load(Ordering::Relaxed) == u64::from(run);
        let value: *const T = &**values.last().filter(|_| is_of_this_run)?;
        // SAFETY: a box is neither moved nor changed nor given up before `self` is, unless through
        // `&mut self`: `write` only adds to the list.
        Some(unsafe { &*value })
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        OnceLock::new()
    }
}

impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> Self {
        let lock = OnceLock::new();
        // A fresh lock takes any value.
        let _ = lock.set(value);
        lock
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceLock").finish_non_exhaustive()
    }
}
