//! Believes: one notification is enough: who has woken will wake the next in turn, surely.
//! Rejected by: the_last_of_three_sets_both_others_free: lost wake-up

use std::sync::{Condvar, Mutex};

/// Where a party waits until it is complete, again and again.
pub struct Barrier {
    party: usize,
    state: Mutex<(usize, usize)>,
    next_round: Condvar,
}

impl Barrier {
    /// A barrier for a party of so many, at least 1.
    pub fn new(party: usize) -> Self {
        Self { party, state: Mutex::new((0, 0)), next_round: Condvar::new() }
    }

    /// Waits for the others. True for the one who leads this round.
    pub fn wait(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        let (arrived, round) = &mut *state;
        *arrived += 1;
        if *arrived == self.party {
            *arrived = 0;
            *round += 1;
            self.next_round.notify_one();
            return true;
        }
        let mine = *round;
        drop(self.next_round.wait_while(state, |(_, round)| *round == mine).unwrap());
        false
    }
}
