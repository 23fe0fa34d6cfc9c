//! Little programs for two cooks that tell memory orderings apart, and a way to play them on this machine.

use std::collections::BTreeMap;
use std::fmt;
use std::hint::spin_loop;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A program of two loads and two stores. `x` and `y` are 0 at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Litmus {
    /// Each writes a note and then looks for the other's. In the literature: store buffering.
    NoteThenLook,
    /// One writes a dish, then raises a flag; one looks at the flag, then at the dish. In the literature:
    /// message passing.
    DishThenFlag,
}

/// What the two loads of a litmus program have read: the first cook's and the second's, or flag and dish.
pub type Outcome = [u32; 2];

impl Litmus {
    /// What the cook with this number, 0 or 1, does; the other's part of the outcome stays 0.
    pub fn play<A: Atomic>(self, cook: usize, x: &A, y: &A, order: Order) -> Outcome {
        match (self, cook) {
            (Self::NoteThenLook, 0) => {
                x.store(1, order.store());
                [y.load(order.load()), 0]
            }
            (Self::NoteThenLook, _) => {
                y.store(1, order.store());
                [0, x.load(order.load())]
            }
            // Relaxed for the dish, whatever the order: it is the flag that may carry it over.
            (Self::DishThenFlag, 0) => {
                x.store(1, Ordering::Relaxed);
                y.store(1, order.store());
                [0, 0]
            }
            (Self::DishThenFlag, _) => [y.load(order.load()), x.load(Ordering::Relaxed)],
        }
    }

    /// The outcome that no taking of turns can explain.
    pub fn surprise(self) -> Outcome {
        match self {
            Self::NoteThenLook => [0, 0],
            Self::DishThenFlag => [1, 0],
        }
    }
}

/// Rounds between two looks at the clock.
const BATCH: u32 = 1_000;

impl Litmus {
    /// Plays up to so many rounds on this machine, for about as long as given: how often each outcome came.
    pub fn play_here(self, order: Order, rounds: u32, at_most: Duration) -> BTreeMap<Outcome, u32> {
        let (begin, mut seen, mut left) = (Instant::now(), BTreeMap::new(), rounds);
        while left > 0 && begin.elapsed() < at_most {
            let batch = left.min(BATCH);
            for [one, other] in self.play_batch(order, batch) {
                *seen.entry([one[0] + other[0], one[1] + other[1]]).or_default() += 1;
            }
            left -= batch;
        }
        seen
    }

    /// So many rounds with fresh variables for each; in each, what the one and the other has read.
    fn play_batch(self, order: Order, rounds: u32) -> Vec<[Outcome; 2]> {
        let variables: Vec<[Apart<AtomicU32>; 2]> =
            (0..rounds).map(|_| Default::default()).collect();
        let arrived: [Apart<AtomicU32>; 2] = Default::default();
        let play = |cook: usize| -> Vec<Outcome> {
            let round = |(number, [x, y]): (u32, &[Apart<AtomicU32>; 2])| {
                meet(&arrived[cook].0, &arrived[1 - cook].0, number);
                self.play(cook, &x.0, &y.0, order)
            };
            (1..).zip(&variables).map(round).collect()
        };
        let [one, other] = thread::scope(|kitchen| {
            let [one, other] = [0, 1].map(|cook| kitchen.spawn(move || play(cook)));
            [one, other].map(|cook| cook.join().expect("no cook panics"))
        });
        one.into_iter().zip(other).map(<[Outcome; 2]>::from).collect()
    }
}

/// Looks before a cook who waits for the other makes room for it, in case there is one core for both.
const PATIENCE: u32 = 200;

/// Waits until the other has come to this round too. Two cooks who sleep until they meet would not wake close
/// enough together; so they look.
fn meet(own: &AtomicU32, others: &AtomicU32, round: u32) {
    // Relaxed, both: nothing else hangs on them, and they should not order what is tested.
    own.store(round, Ordering::Relaxed);
    let mut looks = 0;
    while others.load(Ordering::Relaxed) < round {
        looks += 1;
        if looks < PATIENCE { spin_loop() } else { thread::yield_now() }
    }
}

/// On cache lines of its own. 128 bytes, since some processors fetch lines of 64 in pairs.
#[derive(Default, Debug)]
#[repr(align(128))]
pub struct Apart<T>(pub T);

/// How strongly a program's loads and stores are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `Relaxed`, both.
    Relaxed,
    /// Stores `Release`, loads `Acquire`.
    ReleaseAcquire,
    /// `SeqCst`, both.
    SeqCst,
}

impl Order {
    /// From the weakest to the strongest.
    pub const ALL: [Self; 3] = [Self::Relaxed, Self::ReleaseAcquire, Self::SeqCst];

    fn store(self) -> Ordering {
        match self {
            Self::Relaxed => Ordering::Relaxed,
            Self::ReleaseAcquire => Ordering::Release,
            Self::SeqCst => Ordering::SeqCst,
        }
    }

    fn load(self) -> Ordering {
        match self {
            Self::Relaxed => Ordering::Relaxed,
            Self::ReleaseAcquire => Ordering::Acquire,
            Self::SeqCst => Ordering::SeqCst,
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Relaxed => "Relaxed",
            Self::ReleaseAcquire => "Release/Acquire",
            Self::SeqCst => "SeqCst",
        })
    }
}

impl FromStr for Order {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "relaxed" => Ok(Self::Relaxed),
            "relacq" => Ok(Self::ReleaseAcquire),
            "seqcst" => Ok(Self::SeqCst),
            _ => Err("no such ordering here; try relaxed, relacq or seqcst".to_owned()),
        }
    }
}

/// What a litmus program asks of an atomic, so that others than this machine's can play too.
pub trait Atomic {
    /// What it holds, as far as the ordering makes sure.
    fn load(&self, order: Ordering) -> u32;
    /// Gives it a value.
    fn store(&self, value: u32, order: Ordering);
}

impl Atomic for AtomicU32 {
    fn load(&self, order: Ordering) -> u32 {
        self.load(order)
    }

    fn store(&self, value: u32, order: Ordering) {
        self.store(value, order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One cook after the other, in this order.
    fn in_turn(litmus: Litmus, cooks: [usize; 2], order: Order) -> Outcome {
        let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
        let [one, other] = cooks.map(|cook| litmus.play(cook, &x, &y, order));
        [one[0] + other[0], one[1] + other[1]]
    }

    #[test]
    fn cooks_who_take_turns_see_no_surprise() {
        for order in Order::ALL {
            assert_eq!(in_turn(Litmus::NoteThenLook, [0, 1], order), [0, 1]);
            assert_eq!(in_turn(Litmus::NoteThenLook, [1, 0], order), [1, 0]);
            assert_eq!(in_turn(Litmus::DishThenFlag, [0, 1], order), [1, 1]);
            assert_eq!(in_turn(Litmus::DishThenFlag, [1, 0], order), [0, 0]);
        }
    }

    #[test]
    fn every_round_has_an_outcome() {
        let long_enough = Duration::from_secs(3600);
        let seen = Litmus::NoteThenLook.play_here(Order::Relaxed, 2 * BATCH + 1, long_enough);
        assert_eq!(seen.values().sum::<u32>(), 2 * BATCH + 1);
        assert!(Litmus::DishThenFlag.play_here(Order::SeqCst, 0, long_enough).is_empty());
    }

    #[test]
    fn this_machine_keeps_what_seqcst_promises() {
        for litmus in [Litmus::NoteThenLook, Litmus::DishThenFlag] {
            let seen = litmus.play_here(Order::SeqCst, BATCH, Duration::from_secs(3600));
            assert!(!seen.contains_key(&litmus.surprise()), "{seen:?}");
        }
    }
}
