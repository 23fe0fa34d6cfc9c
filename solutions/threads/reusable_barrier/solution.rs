//! Two numbers under one lock: who has arrived, and which round it is. Sleepers look only at the round.

use std::sync::{Condvar, Mutex};

/// Where a party waits until it is complete, again and again.
pub struct Barrier {
    party: usize,
    state: Mutex<State>,
    next_round: Condvar,
}

struct State {
    arrived: usize,
    /// Only ever grows: a quick one who is back already cannot make a sleeper believe that nothing has happened.
    round: usize,
}

impl Barrier {
    /// A barrier for a party of so many, at least 1.
    pub fn new(party: usize) -> Self {
        Self {
            party,
            state: Mutex::new(State { arrived: 0, round: 0 }),
            next_round: Condvar::new(),
        }
    }

    /// Waits for the others. True for the one who leads this round.
    pub fn wait(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        state.arrived += 1;
        if state.arrived == self.party {
            // The barrier is as new before anybody else can look at it.
            state.arrived = 0;
            state.round += 1;
            self.next_round.notify_all();
            return true;
        }
        let mine = state.round;
        drop(self.next_round.wait_while(state, |state| state.round == mine).unwrap());
        false
    }
}
