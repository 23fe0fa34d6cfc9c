//! Handles: how to join a thread, and how to name and unpark one.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread as real;

use crate::model::{Here, Setting, Unwound, abandon, setting};
use crate::op::{Access, Op, Touch};
use crate::place::Place;
use crate::watch::Sighting;

/// Where a thread leaves its result for whoever joins it.
pub(super) struct Packet<T>(Arc<Mutex<Option<real::Result<T>>>>);

impl<T> Packet<T> {
    pub(super) fn new() -> Self {
        Packet(Arc::new(Mutex::new(None)))
    }

    pub(super) fn share(&self) -> Self {
        Packet(Arc::clone(&self.0))
    }

    pub(super) fn put(&self, result: real::Result<T>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    }

    fn is_without_result(&self) -> bool {
        let result = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*result {
            Some(Err(payload)) => payload.is::<Unwound>(),
            result => result.is_none(),
        }
    }

    fn take(&self) -> real::Result<T> {
        let result = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        // Empty only when the run was taken down before the thread had a result.
        result.unwrap_or_else(|| Err(Box::new(Unwound)))
    }
}

/// A thread of a run, with what it will leave behind.
pub(super) struct Member<T> {
    pub(super) here: Here,
    pub(super) packet: Packet<T>,
    pub(super) thread: Thread,
}

impl<T> Member<T> {
    pub(super) fn join(self, place: Place) -> real::Result<T> {
        match setting() {
            Setting::Inside(here) => _ = here.join(self.here.me, place),
            // It was taken down, so there is no result: an `unwrap` of that in a destructor would end the process.
            Setting::Unwinding if self.packet.is_without_result() => abandon(),
            _ => {}
        }
        self.packet.take()
    }

    pub(super) fn is_finished(&self, place: Place) -> bool {
        let Setting::Inside(here) = setting() else { return true };
        let end = here.quietly(|session| session.state.scene.actors[self.here.me].end);
        let op = Op::on(end, Touch::Is(Access::Read)).looking();
        here.perform(
            place,
            |_| op,
            |session| {
                let gate = session.state.scene.gate(end);
                let (level, turns) = (gate.level, gate.turns);
                session.looked(Some((end, Sighting::Turn(turns))));
                level == 1
            },
        )
    }
}

/// The right to join a thread; see [`std::thread::JoinHandle`].
pub struct JoinHandle<T>(pub(super) Handle<T>);

pub(super) enum Handle<T> {
    Outside(real::JoinHandle<T>, Thread),
    Inside(Member<T>),
}

impl<T> JoinHandle<T> {
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

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}

/// A thread, by its handle; see [`std::thread::Thread`].
#[derive(Clone)]
pub struct Thread(pub(super) Who);

#[derive(Clone)]
pub(super) enum Who {
    Outside(real::Thread),
    Inside(Here, Arc<str>),
}

/// What tells one thread from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(Id);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Id {
    Outside(real::ThreadId),
    Inside(usize),
}

impl Thread {
    /// What tells this thread from others.
    pub fn id(&self) -> ThreadId {
        ThreadId(match &self.0 {
            Who::Outside(thread) => Id::Outside(thread.id()),
            Who::Inside(here, _) => Id::Inside(here.me),
        })
    }

    /// The name of the thread. Inside a run every thread has one.
    pub fn name(&self) -> Option<&str> {
        match &self.0 {
            Who::Outside(thread) => thread.name(),
            Who::Inside(_, name) => Some(name),
        }
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").field("id", &self.id()).field("name", &self.name()).finish()
    }
}

/// The present thread.
pub fn current() -> Thread {
    match setting() {
        Setting::Inside(here) => Thread::of(&here),
        _ => Thread(Who::Outside(real::current())),
    }
}

impl Thread {
    pub(super) fn of(here: &Here) -> Self {
        let name = here.quietly(|session| session.state.scene.actors[here.me].name.clone());
        Thread(Who::Inside(here.clone(), name.into()))
    }
}
