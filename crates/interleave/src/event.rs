//! What happened in a run, as plain data: the report draws it, tools may read it.

use crate::place::Place;

/// One thing that one thread did, or could not do.
#[derive(Clone, Debug)]
pub struct Event {
    /// The number of the thread; the body given to the explorer is thread 0.
    pub thread: usize,
    /// The line that did it.
    pub place: Place,
    /// The lock, condition variable or atomic it was done to, as an index into
    /// [`Recording::objects`](crate::Recording::objects).
    pub object: Option<usize>,
    /// What it did.
    pub did: Did,
    /// What a lock holds now, in its `Debug` form, where its type is one that can be shown: numbers,
    /// text, and containers of them.
    pub value: Option<String>,
}

/// What a thread did. Values are in their `Debug` form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Did {
    /// Started the thread with this number.
    Spawned(usize),
    /// Came to its end.
    Ended,
    /// Read an atomic.
    Read {
        /// What was read.
        value: String,
        /// Set when a newer value had been stored already: by which thread, and which value.
        newer: Option<(usize, String)>,
    },
    /// Stored to an atomic.
    Wrote(String),
    /// Changed an atomic in one step.
    Updated {
        /// The operation, such as `fetch_add`.
        how: &'static str,
        /// The value before.
        old: String,
        /// The value after.
        new: String,
    },
    /// A compare-and-exchange that found another value and changed nothing.
    Refused {
        /// The value it found.
        found: String,
        /// It failed although the expected value was there, as the weak form may.
        spurious: bool,
    },
    /// A memory fence.
    Fenced,
    /// Got a lock.
    Locked(Hold),
    /// Let go of a lock.
    Unlocked {
        /// How it was held.
        hold: Hold,
        /// What it protects was borrowed mutably meanwhile.
        edited: bool,
    },
    /// Tried a lock and found it taken.
    Busy,
    /// Let go of the mutex with this index and fell asleep.
    Slept(usize),
    /// Woke without having been notified.
    Woke(Why),
    /// Woke the threads with these numbers; none if nobody was asleep.
    Notified(Vec<usize>),
    /// Learned that the thread with this number has ended.
    Joined(usize),
    /// Gave way to the others.
    Yielded,
    /// Left a token for the thread with this number, which may be parked.
    Unparked(usize),
    /// Took the token left by an unpark.
    Parked,
    /// Put a message into a channel that then held this many.
    Sent(usize),
    /// Took a message out of a channel.
    Received,
    /// Found a channel empty, full or disconnected.
    Turned(&'static str),
    /// Arrived at a barrier; `true` for the one that opens it.
    Arrived(bool),
    /// Panicked, with this message.
    Panicked(String),
    /// Never came to do this.
    Stuck(String),
    /// A task: its future is polled.
    Polled,
    /// A task: its future is not ready, and gives the thread back.
    Suspended,
    /// Woke the task with this number: it may be polled again.
    Awoke(usize),
    /// A task: its future is dropped before it is ready.
    Dropped,
    /// Nobody could move, so time went on until somebody was woken.
    Ticked,
}

/// The two ways of holding a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Alone: a mutex, or an `RwLock` for writing.
    Alone,
    /// With other readers.
    Shared,
}

/// Why a thread woke that nobody notified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its time was up.
    TimedOut,
    /// For no reason, as the documentation of condition variables allows.
    Spurious,
}
