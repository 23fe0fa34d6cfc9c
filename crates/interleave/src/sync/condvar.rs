//! `Condvar`: threads fall asleep on it and are woken by name.

use std::fmt;
use std::sync as real;
use std::sync::{LockResult, PoisonError};
use std::time::Duration;

use crate::event::{Did, Why};
use crate::model::{Here, Setting, abandon, setting};
use crate::object::Kind;
use crate::op::{Access, Need, Oid, Op, Touch, Verb};
use crate::place::Place;
use crate::scene::SPURIOUS;
use crate::session::Session;
use crate::sync::{Mutex, MutexGuard};
use crate::tag::Tag;

/// A condition variable; see [`std::sync::Condvar`].
///
/// Letting go of the mutex and falling asleep is one step, a notification is one, and taking the
/// mutex again is one. `notify_one` wakes any of the sleepers: all are tried. A time limit may run
/// out at any moment, and does when nothing else can happen.
pub struct Condvar {
    tag: Tag,
    real: real::Condvar,
}

/// Whether a wait ended because its time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether the time was up.
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// A condition variable nobody sleeps on.
    pub const fn new() -> Self {
        Condvar { tag: Tag::new(), real: real::Condvar::new() }
    }

    /// Lets go of the mutex, sleeps until notified, and takes the mutex again.
    ///
    /// # Errors
    /// If a thread panicked while it held the mutex. The error contains the guard.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        let place = Place::caller();
        let mut guard = guard;
        match setting() {
            Setting::Inside(here) => self.sleep(&here, guard, place, false).0,
            Setting::Outside => {
                let value = guard.value.take().expect("a guard in use holds the value");
                guard.lock.guard(self.real.wait(value), place, false)
            }
            Setting::Unwinding => abandon(),
        }
    }

    /// Waits again and again while the condition holds.
    ///
    /// # Errors
    /// If a thread panicked while it held the mutex. The error contains the guard.
    #[track_caller]
    pub fn wait_while<'a, T, F: FnMut(&mut T) -> bool>(
        &self,
        guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>> {
        let mut guard = guard;
        while guard.holds(&mut condition) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// Waits, but no longer than `limit`. In a run the length of the limit does not matter.
    ///
    /// # Errors
    /// If a thread panicked while it held the mutex.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        limit: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let place = Place::caller();
        let mut guard = guard;
        let (guard, timed_out) = match setting() {
            Setting::Inside(here) => self.sleep(&here, guard, place, true),
            Setting::Outside => {
                let value = guard.value.take().expect("a guard in use holds the value");
                let (value, timed_out) = match self.real.wait_timeout(value, limit) {
                    Ok((value, result)) => (Ok(value), result.timed_out()),
                    Err(poison) => {
                        let (value, result) = poison.into_inner();
                        (Err(PoisonError::new(value)), result.timed_out())
                    }
                };
                (guard.lock.guard(value, place, false), timed_out)
            }
            Setting::Unwinding => abandon(),
        };
        let result = WaitTimeoutResult(timed_out);
        match guard {
            Ok(guard) => Ok((guard, result)),
            Err(poison) => Err(PoisonError::new((poison.into_inner(), result))),
        }
    }

    /// Waits while the condition holds, but no longer than `limit`.
    ///
    /// # Errors
    /// If a thread panicked while it held the mutex.
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F: FnMut(&mut T) -> bool>(
        &self,
        guard: MutexGuard<'a, T>,
        limit: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let mut guard = guard;
        loop {
            if !guard.holds(&mut condition) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let (woken, result) = self.wait_timeout(guard, limit)?;
            guard = woken;
            if result.timed_out() {
                let timed_out = guard.holds(&mut condition);
                return Ok((guard, WaitTimeoutResult(timed_out)));
            }
        }
    }

    /// Wakes one of the sleepers, if there are any.
    #[track_caller]
    pub fn notify_one(&self) {
        self.notify(false, Place::caller());
    }

    /// Wakes all sleepers.
    #[track_caller]
    pub fn notify_all(&self) {
        self.notify(true, Place::caller());
    }

    fn notify(&self, all: bool, place: Place) {
        match setting() {
            Setting::Inside(here) => {
                let condvar = self.object(&here);
                let op = Op::on(condvar, Touch::Is(Access::Write));
                let op = Op { verb: Verb::Notify(condvar), ..op };
                here.perform(place, |_| op, |session| session.notify(condvar, all));
            }
            _ if all => self.real.notify_all(),
            _ => self.real.notify_one(),
        }
    }

    fn object(&self, here: &Here) -> Oid {
        here.object(&self.tag, |scene| scene.add_gate(Kind::Condvar, 0))
    }

    /// Sleeps until notified, or until the sleep ends by itself; the flag tells whether it ended
    /// because its time was up.
    fn sleep<'a, T: ?Sized>(
        &self,
        here: &Here,
        mut guard: MutexGuard<'a, T>,
        place: Place,
        has_time_limit: bool,
    ) -> (LockResult<MutexGuard<'a, T>>, bool) {
        let lock: &'a Mutex<T> = guard.lock;
        let (condvar, mutex) = (self.object(here), lock.gate(here));
        let edited = guard.edited;
        drop(guard.value.take());
        let op = Op::on(condvar, Touch::Is(Access::Write)).and(mutex, Touch::Is(Access::Write));
        let op = Op { verb: Verb::FallAsleep(condvar), ..op };
        here.perform(
            place,
            |_| op,
            |session| {
                session.let_go_and_sleep(condvar, mutex, edited, has_time_limit);
            },
        );
        let rouse = wake_unasked(condvar, has_time_limit);
        // A notification replaces this operation by taking the mutex.
        let why = here.perform(
            place,
            |_| rouse,
            |session| {
                let why = session.wake_unasked(condvar);
                if why.is_none() {
                    session.take(mutex, -1);
                    session.show(|| lock.shown());
                }
                why
            },
        );
        if why.is_some() {
            let op = Op::when(Verb::Lock(mutex), mutex, Access::Write, Need::Exactly(0));
            here.perform(
                place,
                |_| op,
                |session| {
                    session.take(mutex, -1);
                    session.show(|| lock.shown());
                },
            );
        }
        (lock.seize(place), why == Some(Why::TimedOut))
    }
}

/// What a sleeper does that nobody has notified.
fn wake_unasked(condvar: Oid, has_time_limit: bool) -> Op {
    let op = Op { verb: Verb::Sleep(condvar), ..Op::on(condvar, Touch::Is(Access::Write)) };
    if has_time_limit {
        return op;
    }
    op.and(SPURIOUS, Touch::Is(Access::Write)).needing(SPURIOUS, Need::AtLeast(1))
}

impl<T: ?Sized> MutexGuard<'_, T> {
    /// Asks a condition that could change the value, but as a rule only looks at it.
    fn holds(&mut self, condition: &mut impl FnMut(&mut T) -> bool) -> bool {
        condition(self.value.as_mut().expect("a guard in use holds the value"))
    }
}

impl Session<'_> {
    fn let_go_and_sleep(&mut self, condvar: Oid, mutex: Oid, edited: bool, has_time_limit: bool) {
        let was_logged = std::mem::replace(&mut self.state.limits.keeps_log, false);
        self.let_go(mutex, 1, edited);
        self.state.limits.keeps_log = was_logged;
        self.note(Some(condvar), || Did::Slept(mutex));
        self.fall_asleep(condvar, mutex, has_time_limit);
    }

    /// If nobody has notified this thread: takes it off the list of sleepers, and tells why.
    fn wake_unasked(&mut self, condvar: Oid) -> Option<Why> {
        let me = self.me;
        let asleep = self.state.scene.actors[me].asleep.take()?;
        self.state.scene.gate_mut(condvar).sleepers.retain(|&sleeper| sleeper != me);
        let why = if asleep.has_time_limit {
            let budget = &mut self.state.scene.actors[me].budget;
            budget.early_timeouts = budget.early_timeouts.saturating_sub(1);
            Why::TimedOut
        } else {
            self.shift(SPURIOUS, -1);
            self.state.oddities += 1;
            Why::Spurious
        };
        self.looked(None);
        self.note(Some(condvar), || Did::Woke(why));
        Some(why)
    }
}

impl Default for Condvar {
    fn default() -> Self {
        Condvar::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}
