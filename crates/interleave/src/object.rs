//! The things threads share, as the engine keeps them: gates to wait at and variables to read.

use std::collections::VecDeque;

use crate::clock::{Clock, View};
use crate::memory::Variable;
use crate::op::{Access, Tid};
use crate::place::Place;

/// What an object is to the person who reads the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A `Mutex`.
    Mutex,
    /// An `RwLock`.
    RwLock,
    /// A `Condvar`.
    Condvar,
    /// Any of the atomic types.
    Atomic,
    /// A `Barrier`.
    Barrier,
    /// A channel.
    Channel,
    /// A `Once`, `OnceLock` or `LazyLock`.
    Once,
    /// A thread, as something to join or unpark.
    Thread,
    /// The one order of all `SeqCst` operations.
    Order,
    /// The one thread on which tasks take turns.
    Executor,
    /// The waker of a task.
    Waker,
}

/// A shared object with what the search has to know about its past.
pub(crate) struct Object {
    pub(crate) kind: Kind,
    pub(crate) body: Body,
    /// The steps that touched it, by their place in the trace.
    pub(crate) history: Vec<usize>,
    pub(crate) past: Past,
}

/// The steps an operation on an object comes after, depending on how it uses the object.
#[derive(Default)]
pub(crate) struct Past {
    writes: Clock,
    ordered: Clock,
    reads: Clock,
}

impl Past {
    /// Everything that an access of this kind comes after.
    pub(crate) fn before(&self, access: Access, clock: &mut Clock) {
        clock.join(&self.writes);
        match access {
            Access::Read => {}
            Access::OrderedRead => clock.join(&self.ordered),
            // Every ordered read is among the reads too.
            Access::Write => clock.join(&self.reads),
        }
    }

    /// Remembers an access made by a step with this clock.
    pub(crate) fn add(&mut self, access: Access, clock: &Clock) {
        match access {
            Access::Read => self.reads.join(clock),
            Access::OrderedRead => {
                self.ordered.join(clock);
                self.reads.join(clock);
            }
            Access::Write => self.writes.join(clock),
        }
    }
}

pub(crate) enum Body {
    Gate(Gate),
    Variable(Variable),
}

/// Whatever threads wait at: a mutex is free at level 0, a channel holds `level` messages …
#[derive(Default)]
pub(crate) struct Gate {
    pub(crate) level: i64,
    /// What a thread that passes gets to know of the memory.
    pub(crate) view: View,
    /// What those learn who come alone; readers of an `RwLock` teach only them.
    pub(crate) view_of_sharers: View,
    /// Who holds it, and since which line.
    pub(crate) holders: Vec<(Tid, Place)>,
    /// Threads asleep on a condition variable, in the order they fell asleep.
    pub(crate) sleepers: Vec<Tid>,
    /// Notifications that found nobody asleep.
    pub(crate) unheard: Vec<(Tid, Place)>,
    /// What the sender of each message in a channel knew of the memory.
    pub(crate) letters: VecDeque<View>,
    /// Counts the times that what it protects may have been changed.
    pub(crate) edits: u64,
    /// Counts the changes of its level.
    pub(crate) turns: u64,
}
