//! Believes: once all are there, all may go: what else is there to do?
//! Rejected by: in_the_second_round_everybody_waits_again: broken invariant

use std::sync::{Condvar, Mutex};

/// Where a party waits until it is complete, again and again.
pub struct Barrier {
    party: usize,
    arrived: Mutex<usize>,
    complete: Condvar,
}

impl Barrier {
    /// A barrier for a party of so many, at least 1.
    pub fn new(party: usize) -> Self {
        Self { party, arrived: Mutex::new(0), complete: Condvar::new() }
    }

    /// Waits for the others. True for the one who leads this round.
    pub fn wait(&self) -> bool {
        let mut arrived = self.arrived.lock().unwrap();
        *arrived += 1;
        let leads = *arrived == self.party;
        if leads {
            self.complete.notify_all();
        }
        drop(self.complete.wait_while(arrived, |arrived| *arrived < self.party).unwrap());
        leads
    }
}
