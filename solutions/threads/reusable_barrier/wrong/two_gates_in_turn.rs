//! Believes: with two gates in turn, the one gate is closed again while the party is at the other.
//! Rejected by: in_the_third_round_one_alone_waits_as_well

use std::sync::{Condvar, Mutex};

/// Where a party waits until it is complete, again and again.
pub struct Barrier {
    party: usize,
    state: Mutex<State>,
    next_round: Condvar,
}

struct State {
    /// How many have come to each gate.
    arrived: [usize; 2],
    /// The gate of this round.
    gate: usize,
}

impl Barrier {
    /// A barrier for a party of so many, at least 1.
    pub fn new(party: usize) -> Self {
        Self {
            party,
            state: Mutex::new(State { arrived: [0, 0], gate: 0 }),
            next_round: Condvar::new(),
        }
    }

    /// Waits for the others. True for the one who leads this round.
    pub fn wait(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        let mine = state.gate;
        state.arrived[mine] += 1;
        if state.arrived[mine] >= self.party {
            state.gate = 1 - mine;
            self.next_round.notify_all();
            return true;
        }
        let not_all = |state: &mut State| state.arrived[mine] < self.party;
        drop(self.next_round.wait_while(state, not_all).unwrap());
        false
    }
}
