//! Ends, from another thread, the job that runs now and those that would be started next.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::runner::Line;

/// A wish that may come at any time: that a chain of jobs, say a build and then a run, be given up.
///
/// All copies are one. Whoever works under it asks [`is_cancelled`](Self::is_cancelled) before
/// believing an outcome: a compiler that was killed looks like a compiler that failed.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    is_cancelled: bool,
    /// To the job that runs now, or to the last one, which hears nothing any more.
    line: Option<Line>,
}

impl Cancel {
    /// Ends what runs, and keeps anything else from lasting. Does not wait for it.
    pub fn cancel(&self) {
        let mut state = self.lock();
        state.is_cancelled = true;
        if let Some(line) = state.line.take() {
            line.cut();
        }
    }

    /// Whether the wish has come.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.lock().is_cancelled
    }

    /// From now on, the wish ends the job at the other end of this line.
    pub(super) fn reach(&self, line: Line) {
        let mut state = self.lock();
        if state.is_cancelled {
            line.cut();
        } else {
            state.line = Some(line);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Two fields that are set one after the other: half of it is as good as the whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
