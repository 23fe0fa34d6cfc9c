//! A meeting point: shows that several jobs are under way at the same moment, without timing anything.

use std::sync::{Condvar, Mutex};

use crate::patience;

/// A place where a fixed number of jobs wait for one another, once.
pub struct Meeting {
    wanted: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    arrived: usize,
    given_up: bool,
}

impl Meeting {
    /// A meeting of `wanted` jobs.
    #[must_use]
    pub fn of(wanted: usize) -> Self {
        Self { wanted, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits for the others. False when they did not come: the jobs do not run at the same time.
    ///
    /// # Panics
    /// Never: nothing panics while the state is locked.
    #[must_use]
    pub fn arrive(&self) -> bool {
        let mut state = self.state.lock().expect("nobody panics with the lock held");
        state.arrived += 1;
        self.changed.notify_all();
        let alone = |state: &mut State| state.arrived < self.wanted && !state.given_up;
        let (mut state, in_vain) = patience::wait_while(&self.changed, state, alone);
        // One who waited in vain spares the later ones the wait.
        state.given_up |= in_vain;
        self.changed.notify_all();
        !state.given_up
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn those_who_come_together_meet() {
        let meeting = Meeting::of(3);
        let met: Vec<bool> = thread::scope(|scope| {
            let jobs = [(); 3].map(|()| scope.spawn(|| meeting.arrive()));
            jobs.map(|job| job.join().unwrap()).to_vec()
        });
        assert_eq!(met, [true; 3]);
    }

    #[test]
    fn a_meeting_of_one_waits_for_nobody() {
        assert!(Meeting::of(1).arrive());
    }
}
