//! Believes: who comes in goes up, who goes out goes down, so the number is zero again after each round.
//! Rejected by: in_the_second_round_everybody_waits_again: lost wake-up

use std::sync::{Condvar, Mutex};

/// Where a party waits until it is complete, again and again.
pub struct Barrier {
    party: usize,
    state: Mutex<State>,
    complete: Condvar,
}

#[derive(Default)]
struct State {
    arrived: usize,
    open: bool,
}

impl Barrier {
    /// A barrier for a party of so many, at least 1.
    pub fn new(party: usize) -> Self {
        Self { party, state: Mutex::new(State::default()), complete: Condvar::new() }
    }

    /// Waits for the others. True for the one who leads this round.
    pub fn wait(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        state.arrived += 1;
        let leads = state.arrived == self.party;
        if leads {
            state.open = true;
            self.complete.notify_all();
        }
        let mut state = self.complete.wait_while(state, |state| !state.open).unwrap();
        state.arrived -= 1;
        if state.arrived == 0 {
            state.open = false;
        }
        leads
    }
}
