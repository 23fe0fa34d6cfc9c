//! Two cooks who put back what they have as soon as it could be in the way: busy, polite, and never done.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};

use interleave::sync::Mutex;
use tracing::info_span;

use crate::crew::all_at_once;

/// How an evening of politeness went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evening {
    /// How often a tool was put back for the other's sake.
    pub put_back: u32,
    /// Dishes that were done; two are wanted.
    pub dishes: u32,
}

/// Two cooks and two tools, for so many rounds. In each round both take their own tool, look for the
/// other's, and put back. With `jitter`, who has put a tool back sits out for a roll of the dice.
/// `beat` is the time that a round takes.
pub fn be_polite(rounds: u32, jitter: bool, beat: impl Fn() + Sync) -> Evening {
    let tools = [Mutex::new(()), Mutex::new(())];
    // Both act in step, so that it does not depend on luck who meets whom.
    let step = Barrier::new(2);
    // Relaxed: they are only counted, and read when both cooks have gone home.
    let (put_back, dishes) = (AtomicU32::new(0), AtomicU32::new(0));
    all_at_once(2, |cook| {
        let (mut hungry, mut sits_out, mut die) = (true, 0, Die::of(cook));
        for _ in 0..rounds {
            let takes = hungry && sits_out == 0;
            let own = takes.then(|| tools[cook].lock().unwrap());
            step.wait();
            sits_out -= u32::from(sits_out > 0);
            if own.is_none() {
                info_span!("wait", on = "the other").in_scope(&beat);
            } else if let Ok(_other) = tools[1 - cook].try_lock() {
                info_span!("dish").in_scope(&beat);
                dishes.fetch_add(1, Ordering::Relaxed);
                hungry = false;
            } else {
                info_span!("put back").in_scope(&beat);
                put_back.fetch_add(1, Ordering::Relaxed);
                sits_out = if jitter { die.roll() } else { 0 };
            }
            step.wait(); // both have looked: only now the tools go back
        }
    });
    Evening { put_back: put_back.into_inner(), dishes: dishes.into_inner() }
}

/// Dice that roll the same on every evening, and differently for each cook: that is all that jitter needs.
struct Die(u32);

impl Die {
    fn of(cook: usize) -> Self {
        Self(cook as u32 + 1)
    }

    /// 0 to 3, by George Marsaglia's xorshift.
    fn roll(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_step_they_put_back_for_ever() {
        for rounds in [1, 10, 1_000] {
            let evening = be_polite(rounds, false, || ());
            assert_eq!(evening, Evening { put_back: 2 * rounds, dishes: 0 });
        }
    }

    #[test]
    fn out_of_step_both_get_their_dish() {
        assert_eq!(be_polite(10, true, || ()).dishes, 2);
    }
}
