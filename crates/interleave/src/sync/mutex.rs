//! `Mutex`: a gate at level 0 while it is free.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync as real;
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use crate::model::{Here, Setting, abandon, setting};
use crate::object::Kind;
use crate::op::{Access, Need, Oid, Op, Touch, Verb};
use crate::place::Place;
use crate::session::Session;
use crate::statics;
use crate::tag::Tag;
use crate::value;

/// The need of whoever wants a lock alone.
const FREE: Need = Need::Exactly(0);

/// A mutual exclusion lock; see [`std::sync::Mutex`].
///
/// Taking it and letting go of it are steps. The value lives in a real mutex, which is never
/// contended, and poisons itself as usual.
pub struct Mutex<T: ?Sized> {
    tag: Tag,
    value: real::Mutex<T>,
}

/// The right to use what a [`Mutex`] protects, until dropped.
#[must_use = "if unused the Mutex will immediately unlock"]
#[clippy::has_significant_drop]
pub struct MutexGuard<'a, T: ?Sized + 'a> {
    pub(super) lock: &'a Mutex<T>,
    /// Empty only while its thread sleeps on a condition variable.
    pub(super) value: Option<real::MutexGuard<'a, T>>,
    pub(super) place: Place,
    /// Whether the value has been borrowed mutably: loops that only look wait for this.
    pub(super) edited: bool,
    /// Whether it is held in a run.
    pub(super) inside: bool,
    was_poisoned: bool,
}

impl<T> Mutex<T> {
    /// A free lock around `value`.
    pub const fn new(value: T) -> Self {
        Mutex { tag: Tag::new(), value: real::Mutex::new(value) }
    }

    /// The value, without the lock.
    ///
    /// # Errors
    /// If a thread panicked while it held the lock. The error contains the value.
    pub fn into_inner(self) -> LockResult<T> {
        self.value.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the lock is free and takes it.
    ///
    /// # Errors
    /// If a thread panicked while it held the lock. The error contains the guard.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let place = Place::caller();
        match setting() {
            Setting::Inside(here) => {
                let gate = self.gate(&here);
                let op = Op::when(Verb::Lock(gate), gate, Access::Write, FREE).looking();
                here.perform(
                    place,
                    |_| op,
                    |session| {
                        session.take(gate, -1);
                        session.show(|| self.shown());
                    },
                );
                self.seize(place)
            }
            Setting::Outside => {
                self.tag.use_outside();
                self.guard(self.value.lock(), place, false)
            }
            Setting::Unwinding => match self.value.try_lock() {
                Ok(value) => self.guard(Ok(value), place, false),
                Err(TryLockError::Poisoned(poison)) => self.guard(Err(poison), place, false),
                Err(TryLockError::WouldBlock) => abandon(),
            },
        }
    }

    /// Takes the lock if it is free.
    ///
    /// # Errors
    /// If it is taken, or if a thread panicked while it held the lock.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let place = Place::caller();
        let Setting::Inside(here) = setting() else {
            return match self.value.try_lock() {
                Ok(value) => Ok(self.guard(Ok(value), place, false)?),
                Err(TryLockError::Poisoned(poison)) => Ok(self.guard(Err(poison), place, false)?),
                Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
            };
        };
        let gate = self.gate(&here);
        let op = Op::on(gate, Touch::Try(FREE)).looking();
        let try_to_take = |session: &mut Session<'_>| {
            let taken = session.try_take(gate, -1, FREE);
            if taken {
                session.show(|| self.shown());
            }
            taken
        };
        let taken = here.perform(place, |_| op, try_to_take);
        if taken { Ok(self.seize(place)?) } else { Err(TryLockError::WouldBlock) }
    }

    /// Whether a thread panicked while it held the lock.
    pub fn is_poisoned(&self) -> bool {
        self.value.is_poisoned()
    }

    /// Forgets that a thread panicked while it held the lock.
    pub fn clear_poison(&self) {
        self.value.clear_poison();
    }

    /// The value, which nobody else can be using.
    ///
    /// # Errors
    /// If a thread panicked while it held the lock.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.value.get_mut()
    }

    pub(super) fn gate(&self, here: &Here) -> Oid {
        if !here.knows(&self.tag) {
            statics::start_afresh(&self.tag, &self.value);
        }
        here.object(&self.tag, |scene| scene.add_gate(Kind::Mutex, 0))
    }

    /// What it holds, for the report. Only for a thread that has passed the gate, or is just leaving it.
    pub(super) fn shown(&self) -> Option<String> {
        match self.value.try_lock() {
            Ok(value) => value::of(&*value),
            Err(TryLockError::Poisoned(poison)) => value::of(&**poison.get_ref()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Takes the real lock, which whoever has passed the gate finds free.
    pub(super) fn seize(&self, place: Place) -> LockResult<MutexGuard<'_, T>> {
        match self.value.try_lock() {
            Ok(value) => self.guard(Ok(value), place, true),
            Err(TryLockError::Poisoned(poison)) => self.guard(Err(poison), place, true),
            Err(TryLockError::WouldBlock) => panic!(
                "interleave: this lock is held by a thread that is not part of the run; \
                 make the lock inside the body that is explored"
            ),
        }
    }

    pub(super) fn guard<'a>(
        &'a self,
        value: LockResult<real::MutexGuard<'a, T>>,
        place: Place,
        inside: bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        let wrap = |value, was_poisoned| MutexGuard {
            lock: self,
            value: Some(value),
            place,
            edited: false,
            inside,
            was_poisoned,
        };
        match value {
            Ok(value) => Ok(wrap(value, false)),
            Err(poison) => Err(PoisonError::new(wrap(poison.into_inner(), true))),
        }
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        let Some(value) = self.value.take() else { return };
        // The real lock first: the gate keeps the others out, and the next line may unwind.
        drop(value);
        match setting() {
            Setting::Inside(here) if self.inside => {
                let (gate, edited) = (self.lock.gate(&here), self.edited);
                let op = Op { verb: Verb::Unlock(gate), ..Op::on(gate, Touch::Is(Access::Write)) };
                here.perform(
                    self.place,
                    |_| op,
                    |session| {
                        session.let_go(gate, 1, edited);
                        session.show(|| self.lock.shown());
                    },
                );
            }
            // A run that is taken down unwinds its threads, which is no panic of theirs.
            Setting::Unwinding if !self.was_poisoned => self.lock.value.clear_poison(),
            _ => {}
        }
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value.as_ref().expect("a guard in use holds the value")
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.edited = true;
        self.value.as_mut().expect("a guard in use holds the value")
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Mutex::new(value)
    }
}
