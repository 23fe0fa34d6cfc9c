//! Who is inside at the same time: counts visitors, and lets them wait for each other instead of for a clock.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::patience;

/// A place that visitors enter and leave.
#[derive(Debug, Default)]
pub struct Crowd {
    state: Mutex<State>,
    change: Condvar,
}

#[derive(Debug, Default)]
struct State {
    counts: Counts,
    given_up: bool,
}

/// What a crowd has counted so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Visitors who are inside now.
    pub inside: usize,
    /// The most who were inside at the same time.
    pub most: usize,
    /// Visits that have begun.
    pub entered: usize,
    /// Visits that have ended.
    pub left: usize,
}

/// A visit; it ends when this is dropped, by a panic too.
#[derive(Debug)]
#[must_use = "a visit that is dropped at once was none"]
pub struct Visit<'a>(&'a Crowd);

impl Crowd {
    /// Begins a visit.
    pub fn enter(&self) -> Visit<'_> {
        let mut state = self.lock();
        let counts = &mut state.counts;
        counts.inside += 1;
        counts.entered += 1;
        counts.most = counts.most.max(counts.inside);
        self.change.notify_all();
        Visit(self)
    }

    /// The counts of this moment.
    pub fn counts(&self) -> Counts {
        self.lock().counts
    }

    /// Waits until the counts are as wanted. False when that does not happen, and at once for everybody after
    /// that: one long wait is enough for a verdict.
    pub fn wait_until(&self, wanted: impl Fn(Counts) -> bool) -> bool {
        let not_yet = |state: &mut State| !state.given_up && !wanted(state.counts);
        let (mut state, in_vain) = patience::wait_while(&self.change, self.lock(), not_yet);
        if in_vain {
            state.given_up = true;
            self.change.notify_all();
        }
        wanted(state.counts)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics under the lock but a judge's own predicate, and that leaves the counts alone.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.counts.inside -= 1;
        state.counts.left += 1;
        self.0.change.notify_all();
    }
}
