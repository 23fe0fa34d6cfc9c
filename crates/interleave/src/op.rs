//! An operation that other threads can notice: what it touches and what it must wait for.

use std::sync::atomic::Ordering;

/// The number of a thread in its run; the body given to the explorer is thread 0.
pub(crate) type Tid = usize;
/// The number of a lock, condition variable, atomic … in its run, in order of first use.
pub(crate) type Oid = usize;

/// How an operation uses an object, as far as the order of two uses matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Two of these may swap places and nobody can tell.
    Read,
    /// A `SeqCst` load of a variable that has also been stored to with a weaker ordering. Which of
    /// two such loads comes first limits what the second may read, so they do not swap.
    OrderedRead,
    /// Swaps with nothing.
    Write,
}

impl Access {
    pub(crate) fn conflicts(self, other: Access) -> bool {
        match (self, other) {
            (Access::Write, _) | (_, Access::Write) => true,
            (Access::OrderedRead, Access::OrderedRead) => true,
            (Access::Read, _) | (_, Access::Read) => false,
        }
    }
}

/// Everything an operation uses. Rarely more than two objects.
pub(crate) type Footprint = Vec<(Oid, Access)>;

/// Whether swapping two neighbouring operations could make a difference.
pub(crate) fn conflict(a: &Footprint, b: &Footprint) -> bool {
    a.iter().any(|(object, access)| {
        b.iter().any(|(other, theirs)| object == other && access.conflicts(*theirs))
    })
}

/// What an operation does with an object. Some uses turn out to be reads or writes only when the
/// state of the object is known.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Touch {
    Is(Access),
    /// An atomic load.
    Load(Ordering),
    /// An exchange that happens only if the variable holds `expected`.
    Exchange {
        expected: u64,
        failure: Ordering,
    },
    /// Taking a lock if it can be had at once.
    Try(Need),
}

/// What the level of a gate must be for an operation to go ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Exactly(i64),
    AtLeast(i64),
    AtMost(i64),
}

impl Need {
    pub(crate) fn met(self, level: i64) -> bool {
        match self {
            Need::Exactly(n) => level == n,
            Need::AtLeast(n) => level >= n,
            Need::AtMost(n) => level <= n,
        }
    }
}

/// What a thread is waiting to do, for the report of a run in which it never could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Begin,
    End,
    Yield,
    /// Atomic operations and whatever else never waits.
    Act,
    Lock(Oid),
    Unlock(Oid),
    Notify(Oid),
    /// About to let go of a mutex and sleep on a condition variable.
    FallAsleep(Oid),
    /// Asleep on a condition variable.
    Sleep(Oid),
    Join(Tid),
    Park,
    Send(Oid),
    Receive(Oid),
    Gather(Oid),
    /// A task about to be polled; the gate is its waker.
    Poll(Oid),
    /// A task about to be polled or dropped, whichever the search says.
    PollOrDrop(Oid),
    /// A task that has been polled and gives the thread back.
    Suspend,
    /// Wakes a task.
    Wake(Oid),
    /// The clock of a runtime, which moves when nobody else can.
    Tick,
}

/// The next visible operation of a thread.
#[derive(Clone, Debug)]
pub(crate) struct Op {
    pub(crate) verb: Verb,
    pub(crate) touches: Vec<(Oid, Touch)>,
    /// The gates that must stand at a certain level first.
    pub(crate) needs: Vec<(Oid, Need)>,
    /// Doing it changes nothing by itself, so doing it again and again is a way of waiting.
    pub(crate) looks: bool,
}

impl Op {
    /// An operation that nobody else can notice.
    pub(crate) fn silent(verb: Verb) -> Self {
        Op { verb, touches: vec![], needs: vec![], looks: verb == Verb::Yield }
    }

    /// An operation on one object that can always go ahead.
    pub(crate) fn on(object: Oid, touch: Touch) -> Self {
        Op { verb: Verb::Act, touches: vec![(object, touch)], needs: vec![], looks: false }
    }

    /// Names one more object that the operation touches.
    pub(crate) fn and(mut self, object: Oid, touch: Touch) -> Self {
        self.touches.push((object, touch));
        self
    }

    /// An operation that waits for its object to reach a level.
    pub(crate) fn when(verb: Verb, object: Oid, access: Access, need: Need) -> Self {
        Op {
            verb,
            touches: vec![(object, Touch::Is(access))],
            needs: vec![(object, need)],
            looks: false,
        }
    }

    /// Makes the operation wait for one more gate.
    pub(crate) fn needing(mut self, object: Oid, need: Need) -> Self {
        self.needs.push((object, need));
        self
    }

    /// Marks the operation as one that only looks.
    pub(crate) fn looking(mut self) -> Self {
        self.looks = true;
        self
    }
}
