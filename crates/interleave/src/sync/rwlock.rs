//! `RwLock`: a gate at level 0 while it is free, -1 while someone writes, and otherwise at the
//! number of readers; and behind it a second gate, whose level is the number of writers in line.

mod guard;

use std::fmt;
use std::sync as real;
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use crate::model::{Here, Setting, abandon, setting};
use crate::object::Kind;
use crate::op::{Access, Need, Oid, Op, Touch, Verb};
use crate::place::Place;
use crate::session::Session;
use crate::tag::Tag;
use crate::value;

pub use self::guard::{RwLockReadGuard, RwLockWriteGuard};
use guard::{Claim, READ, Unpoison, WRITE, Way};

/// A lock for many readers or one writer; see [`std::sync::RwLock`].
///
/// Which of several waiting threads comes first is up to the search, as the documentation of the
/// standard library leaves it open. But a writer who has found readers inside gets in line, and from
/// then on keeps new readers out, as the real one may: a thread that reads twice can so come to wait
/// for itself. Readers among themselves come and go in any order: that makes no difference, and is
/// not explored.
pub struct RwLock<T: ?Sized> {
    tag: Tag,
    value: real::RwLock<T>,
}

fn gate(here: &Here, tag: &Tag) -> Oid {
    here.object(tag, |scene| {
        let gate = scene.add_gate(Kind::RwLock, 0);
        scene.add_gate(Kind::Order, 0);
        gate
    })
}

/// The gate that counts the writers in line: it was made right after the lock's own.
fn line(gate: Oid) -> Oid {
    gate + 1
}

fn held_outside() -> ! {
    panic!(
        "interleave: this lock is held by a thread that is not part of the run; \
         make the lock inside the body that is explored"
    )
}

impl<T> RwLock<T> {
    /// A free lock around `value`.
    pub const fn new(value: T) -> Self {
        RwLock { tag: Tag::new(), value: real::RwLock::new(value) }
    }

    /// The value, without the lock.
    ///
    /// # Errors
    /// If a thread panicked while it held the lock for writing. The error contains the value.
    pub fn into_inner(self) -> LockResult<T> {
        self.value.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Waits until nobody writes, and takes the lock for reading.
    ///
    /// # Errors
    /// If a thread panicked while it held the lock for writing. The error contains the guard.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        let place = Place::caller();
        if self.enter(|here, gate| self.pass_to_read(here, gate, place)) {
            self.seize_to_read(place)
        } else {
            self.guard_to_read(self.value.read(), place, false)
        }
    }

    /// Waits until nobody reads or writes, and takes the lock for writing.
    ///
    /// # Errors
    /// If a thread panicked while it held the lock for writing. The error contains the guard.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        let place = Place::caller();
        if self.enter(|here, gate| self.pass_to_write(here, gate, place)) {
            self.seize_to_write(place)
        } else {
            self.guard_to_write(self.value.write(), place, false)
        }
    }

    /// Takes the lock for reading if nobody writes.
    ///
    /// # Errors
    /// If somebody does, or if a thread panicked while it held the lock for writing.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        let place = Place::caller();
        match self.try_enter(READ, place) {
            Some(true) => Ok(self.seize_to_read(place)?),
            Some(false) => Err(TryLockError::WouldBlock),
            None => match self.value.try_read() {
                Ok(value) => Ok(self.guard_to_read(Ok(value), place, false)?),
                Err(TryLockError::Poisoned(it)) => Ok(self.guard_to_read(Err(it), place, false)?),
                Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
            },
        }
    }

    /// Takes the lock for writing if nobody reads or writes.
    ///
    /// # Errors
    /// If somebody does, or if a thread panicked while it held the lock for writing.
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        let place = Place::caller();
        match self.try_enter(WRITE, place) {
            Some(true) => Ok(self.seize_to_write(place)?),
            Some(false) => Err(TryLockError::WouldBlock),
            None => match self.value.try_write() {
                Ok(value) => Ok(self.guard_to_write(Ok(value), place, false)?),
                Err(TryLockError::Poisoned(it)) => {
                    Ok(self.guard_to_write(Err(it), place, false)?)
                }
                Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
            },
        }
    }

    /// Whether a thread panicked while it held the lock for writing.
    pub fn is_poisoned(&self) -> bool {
        self.value.is_poisoned()
    }

    /// Forgets that a thread panicked while it held the lock for writing.
    pub fn clear_poison(&self) {
        self.value.clear_poison();
    }

    /// The value, which nobody else can be using.
    ///
    /// # Errors
    /// If a thread panicked while it held the lock for writing.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.value.get_mut()
    }

    /// Passes the gate by `pass`; `false` outside of a run.
    fn enter(&self, pass: impl FnOnce(&Here, Oid)) -> bool {
        match setting() {
            Setting::Inside(here) => {
                let gate = gate(&here, &self.tag);
                pass(&here, gate);
                true
            }
            Setting::Outside => {
                self.tag.use_outside();
                false
            }
            // Nobody is left who could let go of it.
            Setting::Unwinding
                if matches!(self.value.try_write(), Err(TryLockError::WouldBlock)) =>
            {
                abandon()
            }
            Setting::Unwinding => false,
        }
    }

    fn pass_to_read(&self, here: &Here, gate: Oid, place: Place) {
        let op = Op::when(Verb::Lock(gate), gate, READ.access, READ.need);
        let op = op.and(line(gate), Touch::Is(Access::Read)).needing(line(gate), Need::AtMost(0));
        here.perform(
            place,
            |_| op.looking(),
            |session| {
                session.take(gate, READ.by);
                session.show(|| self.shown());
            },
        );
    }

    fn pass_to_write(&self, here: &Here, gate: Oid, place: Place) {
        // Where there are readers inside, this step only gets in line.
        let op = Op { verb: Verb::Lock(gate), ..Op::on(gate, Touch::Try(WRITE.need)) };
        let op = op.and(line(gate), Touch::Is(WRITE.access)).needing(gate, Need::AtLeast(0));
        let take = |session: &mut Session<'_>| {
            session.take(gate, WRITE.by);
            session.show(|| self.shown());
        };
        let is_inside = here.perform(
            place,
            |_| op.looking(),
            |session| {
                let is_free = WRITE.need.met(session.state.scene.gate(gate).level);
                if is_free {
                    take(session)
                } else {
                    session.get_in_line(line(gate), gate)
                }
                is_free
            },
        );
        if !is_inside {
            let op = Op::when(Verb::Lock(gate), gate, WRITE.access, WRITE.need);
            here.perform(
                place,
                |_| op.and(line(gate), Touch::Is(WRITE.access)),
                |session| {
                    session.leave_line(line(gate));
                    take(session);
                },
            );
        }
    }

    /// Passes the gate if it is open; `None` outside of a run.
    fn try_enter(&self, way: Way, place: Place) -> Option<bool> {
        let Setting::Inside(here) = setting() else { return None };
        let gate = gate(&here, &self.tag);
        // That readers come in any order is only so if they all succeed.
        let op = Op::on(gate, Touch::Try(way.need)).looking();
        let try_to_take = |session: &mut Session<'_>| {
            let taken = session.try_take(gate, way.by, way.need);
            if taken {
                session.show(|| self.shown());
            }
            taken
        };
        Some(here.perform(place, |_| op, try_to_take))
    }

    /// What it holds, for the report.
    fn shown(&self) -> Option<String> {
        match self.value.try_read() {
            Ok(value) => value::of(&*value),
            Err(TryLockError::Poisoned(poison)) => value::of(&**poison.get_ref()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn seize_to_read(&self, place: Place) -> LockResult<RwLockReadGuard<'_, T>> {
        match self.value.try_read() {
            Ok(value) => self.guard_to_read(Ok(value), place, true),
            Err(TryLockError::Poisoned(poison)) => self.guard_to_read(Err(poison), place, true),
            Err(TryLockError::WouldBlock) => held_outside(),
        }
    }

    fn seize_to_write(&self, place: Place) -> LockResult<RwLockWriteGuard<'_, T>> {
        match self.value.try_write() {
            Ok(value) => self.guard_to_write(Ok(value), place, true),
            Err(TryLockError::Poisoned(poison)) => self.guard_to_write(Err(poison), place, true),
            Err(TryLockError::WouldBlock) => held_outside(),
        }
    }

    fn guard_to_read<'a>(
        &'a self,
        value: LockResult<real::RwLockReadGuard<'a, T>>,
        place: Place,
        inside: bool,
    ) -> LockResult<RwLockReadGuard<'a, T>> {
        let claim = Claim::of(&self.tag, READ, place, inside);
        match value {
            Ok(value) => Ok(RwLockReadGuard { value, _claim: claim }),
            Err(poison) => {
                let value = poison.into_inner();
                Err(PoisonError::new(RwLockReadGuard { value, _claim: claim }))
            }
        }
    }

    fn guard_to_write<'a>(
        &'a self,
        value: LockResult<real::RwLockWriteGuard<'a, T>>,
        place: Place,
        inside: bool,
    ) -> LockResult<RwLockWriteGuard<'a, T>> {
        let claim = Claim::of(&self.tag, WRITE, place, inside);
        let wrap = |value, poisoned| {
            let _unpoison = Unpoison(&self.value, poisoned);
            RwLockWriteGuard { value, _unpoison, claim }
        };
        match value {
            Ok(value) => Ok(wrap(value, false)),
            Err(poison) => Err(PoisonError::new(wrap(poison.into_inner(), true))),
        }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        RwLock::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    fn from(value: T) -> Self {
        RwLock::new(value)
    }
}
