//! A pass where waiters wait for plates, in two ways, and a bell that tells them.

use std::str::FromStr;
use std::sync::{Condvar, Mutex, MutexGuard};

use tracing::info_span;

use crate::primes::primes_below;

/// Whom a ring wakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notify {
    /// One of those asleep.
    One,
    /// All of them.
    All,
}

impl FromStr for Notify {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "one" => Ok(Self::One),
            "all" => Ok(Self::All),
            _ => Err("a ring wakes one or all".to_owned()),
        }
    }
}

/// A lock for the facts, and a bell to say that they have changed.
#[derive(Debug, Default)]
pub struct Pass {
    state: Mutex<State>,
    bell: Condvar,
    /// For whoever watches the waiters.
    moved: Condvar,
}

/// What lies on the pass, and what has become of the waiters.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// Plates on the pass.
    pub plates: u32,
    /// Waiters who sleep, and whom no ring has called.
    pub asleep: u32,
    /// Waiters who have gone with a plate.
    pub fed: u32,
    /// Waiters who have gone with none.
    pub empty_handed: u32,
    calls: Calls,
}

/// Who may wake. A `Condvar` may wake more sleepers than it was asked to; here a ring wakes as many as it says,
/// so that a lesson about rings shows the same on every run.
#[derive(Clone, Copy, Debug, Default)]
struct Calls {
    /// Sleeps that have begun.
    sleeps: u32,
    /// Sleepers who have been called and are not up yet.
    called: u32,
    /// Sleeps that had begun at the last ring: a call is for these only.
    rung_after: u32,
}

/// Wrong: a ring that came too early is missed, and a ring for nothing is believed.
pub fn wait_for_the_bell(pass: &Pass) {
    let state = pass.sleep(pass.lock());
    pass.serve(state);
}

/// Right: looks before it sleeps and whenever it wakes, under the lock that every change is made under.
pub fn wait_for_a_plate(pass: &Pass) {
    let mut state = pass.lock();
    while state.plates == 0 {
        state = pass.sleep(state);
    }
    pass.serve(state);
}

impl Pass {
    /// First the fact, then the bell. With no plates it is a ring for nothing.
    pub fn put(&self, plates: u32, notify: Notify) {
        let mut state = self.lock();
        state.plates += plates;
        match notify {
            Notify::One => self.bell.notify_one(),
            Notify::All => self.bell.notify_all(),
        }
        let woken = if notify == Notify::One { state.asleep.min(1) } else { state.asleep };
        state.asleep -= woken;
        state.calls.called += woken;
        state.calls.rung_after = state.calls.sleeps;
    }

    /// Waits until each of so many waiters is gone or asleep: nobody will move again, unless somebody rings.
    pub fn until_nobody_moves(&self, waiters: u32) -> State {
        let moving = |state: &mut State| state.asleep + state.fed + state.empty_handed < waiters;
        *self.moved.wait_while(self.lock(), moving).expect(NO_PANIC)
    }

    /// Gives the lock back and falls asleep, in one step; has the lock again when it returns.
    fn sleep<'a>(&'a self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let _wait = info_span!("wait", on = "the bell").entered();
        let ticket = state.calls.sleeps;
        state.calls.sleeps += 1;
        state.asleep += 1;
        self.moved.notify_one();
        loop {
            state = self.bell.wait(state).expect(NO_PANIC);
            if state.calls.called > 0 && ticket < state.calls.rung_after {
                state.calls.called -= 1;
                return state;
            }
        }
    }

    /// Goes with a plate, if there is one.
    fn serve(&self, mut state: MutexGuard<State>) {
        match state.plates.checked_sub(1) {
            Some(rest) => (state.plates, state.fed) = (rest, state.fed + 1),
            None => state.empty_handed += 1,
        }
        self.moved.notify_one();
        drop(state);
        info_span!("walk").in_scope(|| primes_below(50_000));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect(NO_PANIC)
    }
}

const NO_PANIC: &str = "nothing panics under this lock";

#[cfg(test)]
mod tests {
    use std::thread::{self, Scope};

    use super::*;

    /// How many are fed, empty-handed, and asleep when nobody moves.
    fn outcome(pass: &Pass, waiters: u32) -> (u32, u32, u32) {
        let State { fed, empty_handed, asleep, .. } = pass.until_nobody_moves(waiters);
        (fed, empty_handed, asleep)
    }

    /// A waiter, who is asleep when this returns.
    fn hire_sleeper<'a>(scope: &'a Scope<'a, '_>, pass: &'a Pass, job: fn(&Pass)) {
        let before = pass.until_nobody_moves(0);
        scope.spawn(move || job(pass));
        pass.until_nobody_moves(before.asleep + before.fed + before.empty_handed + 1);
    }

    #[test]
    fn a_ring_that_comes_too_early_is_missed() {
        let pass = Pass::default();
        pass.put(1, Notify::All);
        thread::scope(|scope| {
            hire_sleeper(scope, &pass, wait_for_the_bell);
            assert_eq!(outcome(&pass, 1), (0, 0, 1));
            pass.put(0, Notify::All);
        });
    }

    #[test]
    fn a_plate_that_is_there_needs_no_ring() {
        let pass = Pass::default();
        pass.put(1, Notify::All);
        wait_for_a_plate(&pass);
        assert_eq!(outcome(&pass, 1), (1, 0, 0));
    }

    #[test]
    fn a_ring_for_nothing_is_believed_by_who_waits_for_the_bell() {
        let pass = Pass::default();
        thread::scope(|scope| {
            hire_sleeper(scope, &pass, wait_for_the_bell);
            pass.put(0, Notify::One);
            assert_eq!(outcome(&pass, 1), (0, 1, 0));
        });
    }

    #[test]
    fn a_ring_for_nothing_wakes_who_waits_for_a_plate_and_they_sleep_on() {
        let pass = Pass::default();
        thread::scope(|scope| {
            hire_sleeper(scope, &pass, wait_for_a_plate);
            pass.put(0, Notify::One);
            assert_eq!(outcome(&pass, 1), (0, 0, 1));
            pass.put(1, Notify::One);
        });
        assert_eq!(outcome(&pass, 1), (1, 0, 0));
    }

    #[test]
    fn one_ring_for_two_plates_leaves_one_waiter_asleep_beside_a_plate() {
        let pass = Pass::default();
        thread::scope(|scope| {
            hire_sleeper(scope, &pass, wait_for_a_plate);
            hire_sleeper(scope, &pass, wait_for_a_plate);
            pass.put(2, Notify::One);
            assert_eq!(outcome(&pass, 2), (1, 0, 1), "one plate is left, and nobody rings for it");
            pass.put(0, Notify::All);
        });
    }

    #[test]
    fn a_ring_for_nothing_reaches_each_sleeper_once() {
        let pass = Pass::default();
        thread::scope(|scope| {
            (0..3).for_each(|_| hire_sleeper(scope, &pass, wait_for_a_plate));
            pass.put(0, Notify::All);
            assert_eq!(outcome(&pass, 3), (0, 0, 3));
            pass.put(3, Notify::All);
        });
        assert_eq!(outcome(&pass, 3), (3, 0, 0));
    }
}
