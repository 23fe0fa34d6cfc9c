//! Scoped threads, which may borrow from the function that starts them.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread as real;

use super::builder::{Builder, enrol};
use super::handle::{Member, Thread, Who};
use crate::model::{Setting, Unwound, setting};
use crate::op::Tid;
use crate::panics;
use crate::place::Place;

/// A scope in which threads may be started; see [`std::thread::Scope`].
pub struct Scope<'scope, 'env: 'scope> {
    real: &'scope real::Scope<'scope, 'env>,
    /// The threads started in it, in a run.
    members: Mutex<Vec<Tid>>,
}

/// Runs `body`, and waits for all threads it has started in the scope.
///
/// # Panics
/// If a thread of the scope panicked and was not joined.
#[track_caller]
pub fn scope<'env, F, T>(body: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let place = Place::caller();
    real::scope(|real| {
        // Must live as long as the scope, which outlives this closure. A few bytes stay behind.
        let scope: &Scope<'_, 'env> =
            Box::leak(Box::new(Scope { real, members: Mutex::new(Vec::new()) }));
        // A body that panics still waits for its threads, and must let them move to do so.
        let result = catch_unwind(AssertUnwindSafe(|| body(scope)));
        match result {
            Err(payload) if payload.is::<Unwound>() => resume_unwind(payload),
            Err(payload) => {
                // Waiting for the threads makes steps, and a step forgets where the last panic was.
                let at = panics::last();
                scope.join_all(place);
                panics::remember(at);
                resume_unwind(payload)
            }
            Ok(value) => {
                assert!(!scope.join_all(place), "a scoped thread panicked");
                value
            }
        }
    })
}

impl<'scope, 'env> Scope<'scope, 'env> {
    /// Starts a thread.
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, body: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.start(Builder::new(), Place::caller(), body).expect("failed to spawn thread")
    }

    pub(super) fn start<F, T>(
        &'scope self,
        mut builder: Builder,
        place: Place,
        body: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let Setting::Inside(here) = setting() else {
            let handle = builder.real().spawn_scoped(self.real, body)?;
            let thread = Thread(Who::Outside(handle.thread().clone()));
            return Ok(ScopedJoinHandle(Handle::Outside(handle, thread)));
        };
        let name = builder.take_name();
        let (member, life) = enrol(&here, name, place, true, body);
        let number = member.here.me;
        builder
            .real()
            .spawn_scoped(self.real, life)
            .inspect_err(|_| here.run.state().bury(number))?;
        self.members.lock().unwrap_or_else(PoisonError::into_inner).push(number);
        Ok(ScopedJoinHandle(Handle::Inside(member)))
    }

    /// Waits for the threads of the scope, so that the real scope will find them gone. Tells
    /// whether one of them panicked and nobody has joined it.
    fn join_all(&self, place: Place) -> bool {
        let Setting::Inside(here) = setting() else { return false };
        let mut unseen = false;
        // A member that is waited for may start further ones.
        let member =
            |at| self.members.lock().unwrap_or_else(PoisonError::into_inner).get(at).copied();
        for member in (0..).map_while(member) {
            unseen |= here.join(member, place);
        }
        unseen
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

/// The right to join a thread of a scope.
pub struct ScopedJoinHandle<'scope, T>(Handle<'scope, T>);

enum Handle<'scope, T> {
    Outside(real::ScopedJoinHandle<'scope, T>, Thread),
    Inside(Member<T>),
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the thread has ended and returns its result.
    ///
    /// # Errors
    /// The payload of the panic, if the thread panicked.
    #[track_caller]
    pub fn join(self) -> real::Result<T> {
        match self.0 {
            Handle::Outside(handle, _) => handle.join(),
            Handle::Inside(member) => member.join(Place::caller()),
        }
    }

    /// Whether the thread has ended.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        match &self.0 {
            Handle::Outside(handle, _) => handle.is_finished(),
            Handle::Inside(member) => member.is_finished(Place::caller()),
        }
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        match &self.0 {
            Handle::Outside(_, thread) | Handle::Inside(Member { thread, .. }) => thread,
        }
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}
