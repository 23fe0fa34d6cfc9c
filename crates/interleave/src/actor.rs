//! One thread of a run, as the engine sees it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::clock::Clock;
use crate::memory::Sight;
use crate::op::{Oid, Op, Verb};
use crate::place::Place;
use crate::watch::Watch;

/// A thread: what it is about to do, and what it knows.
pub(crate) struct Actor {
    pub(crate) name: String,
    /// Announced and not yet done.
    pub(crate) pending: Op,
    pub(crate) place: Place,
    /// The steps of all threads that its next step comes after.
    pub(crate) clock: Clock,
    pub(crate) sight: Sight,
    /// The gate at level 1 once the thread has ended: others join there.
    pub(crate) end: Oid,
    /// The gate that holds the token of `unpark`.
    pub(crate) token: Oid,
    pub(crate) finished: bool,
    /// How it panicked, until somebody has taken note by joining it.
    pub(crate) panicked: Option<Panic>,
    pub(crate) watch: Watch,
    /// Its next look waits for news: see [`Watch`].
    pub(crate) awaits_news: bool,
    /// Set while the thread sleeps on a condition variable.
    pub(crate) asleep: Option<Asleep>,
    pub(crate) budget: Budget,
    pub(crate) turn: Arc<Turn>,
}

/// How many odd things may still happen to a thread in this run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Budget {
    /// Running out of time although others could still move.
    pub(crate) early_timeouts: usize,
    /// A weak exchange failing although the value was right.
    pub(crate) weak_failures: usize,
}

/// A panic that reached the end of its thread.
#[derive(Clone, Debug)]
pub(crate) struct Panic {
    pub(crate) message: String,
    pub(crate) place: Place,
}

/// A thread's sleep on a condition variable.
#[derive(Clone, Debug)]
pub(crate) struct Asleep {
    pub(crate) has_time_limit: bool,
    /// What the thread does once it has been notified: takes the mutex again.
    pub(crate) then: Op,
}

impl Asleep {
    /// Whether the thread may wake now without having been notified. For nothing it may as long as
    /// the gate that its operation needs allows it.
    pub(crate) fn may_wake(&self, budget: Budget) -> bool {
        !self.has_time_limit || budget.early_timeouts > 0
    }
}

impl Actor {
    pub(crate) fn new(name: String, place: Place, end: Oid, token: Oid) -> Self {
        Actor {
            name,
            pending: Op::silent(Verb::Begin),
            place,
            clock: Clock::default(),
            sight: Sight::default(),
            end,
            token,
            finished: false,
            panicked: None,
            watch: Watch::default(),
            awaits_news: false,
            asleep: None,
            budget: Budget::default(),
            turn: Arc::new(Turn::default()),
        }
    }
}

/// The baton: a thread runs between taking its turn and giving the turn to another.
#[derive(Default)]
pub(crate) struct Turn {
    mine: Mutex<bool>,
    given: Condvar,
}

impl Turn {
    pub(crate) fn give(&self) {
        *self.mine.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.given.notify_one();
    }

    pub(crate) fn take(&self) {
        let mut mine = self.mine.lock().unwrap_or_else(PoisonError::into_inner);
        while !*mine {
            mine = self.given.wait(mine).unwrap_or_else(PoisonError::into_inner);
        }
        *mine = false;
    }
}
