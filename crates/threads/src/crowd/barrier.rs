//! A barrier: nobody goes on before all are there, round after round.

use std::sync::{Condvar, Mutex, PoisonError};

/// Where a party waits until it is complete.
#[derive(Debug)]
pub struct Barrier {
    party: usize,
    state: Mutex<State>,
    next_round: Condvar,
}

#[derive(Debug, Default)]
struct State {
    arrived: usize,
    /// Only ever grows, so whoever sleeps cannot mistake a quick one's next round for the present one.
    round: u64,
}

impl Barrier {
    /// A barrier for a party of so many.
    ///
    /// # Panics
    ///
    /// When there is nobody in the party: who would be the last to arrive?
    pub fn new(party: usize) -> Self {
        assert!(party > 0, "a party is one or more");
        Self { party, state: Mutex::default(), next_round: Condvar::new() }
    }

    /// Waits for the others. True for the last to arrive, who is one in each round.
    pub fn wait(&self) -> bool {
        // Poisoned or not, here and below: nothing under this lock panics.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.arrived += 1;
        if state.arrived == self.party {
            state.arrived = 0;
            state.round += 1;
            self.next_round.notify_all();
            return true;
        }
        let mine = state.round;
        let woken = self.next_round.wait_while(state, |state| state.round == mine);
        drop(woken.unwrap_or_else(PoisonError::into_inner));
        false
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::thread;

    use super::*;

    #[test]
    fn in_every_round_all_arrive_before_any_goes_on_and_one_is_last() {
        const PARTY: usize = 4;
        let (barrier, arrived) = (Barrier::new(PARTY), AtomicUsize::new(0));
        let lasts = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..PARTY {
                scope.spawn(|| {
                    for round in 1..=50 {
                        arrived.fetch_add(1, SeqCst);
                        lasts.fetch_add(usize::from(barrier.wait()), SeqCst);
                        assert!(arrived.load(SeqCst) >= round * PARTY, "round {round}");
                    }
                });
            }
        });
        assert_eq!(lasts.into_inner(), 50, "one for each round");
    }

    #[test]
    #[should_panic(expected = "one or more")]
    fn a_party_of_nobody_is_refused() {
        let _ = Barrier::new(0);
    }
}
