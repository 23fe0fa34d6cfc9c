//! What can be wrong with a run, as plain data.

use crate::event::Event;
use crate::object::Kind;
use crate::place::Place;

/// A run that went wrong: what happened, and how to make it happen again.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What sort of fault it is.
    pub kind: FaultKind,
    /// What happened, in a sentence or two.
    pub message: String,
    /// The thread that failed, where it is one.
    pub thread: Option<usize>,
    /// The line that failed, where it is one.
    pub place: Option<Place>,
    /// The run, step by step.
    pub recording: Recording,
    /// The choices that lead to it, for [`replay`](crate::replay).
    pub schedule: String,
    /// How often a thread was interrupted that could have gone on.
    pub preemptions: usize,
    /// How many runs it took to find a failing one. The run shown may be a clearer one.
    pub found_after: u64,
}

/// The sorts of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// A thread panicked, and nobody took care of it: an assertion that does not hold, as a rule.
    Panic,
    /// Threads wait for each other in a circle, or for something that cannot come.
    Deadlock,
    /// A thread sleeps, and the notification meant for it has gone by.
    LostWakeUp,
    /// Threads go on and on and get nowhere.
    Livelock,
    /// The body has ended and a thread is left behind that can never end.
    LeakedThread,
    /// The program does not do the same when the same choices are made.
    Unrepeatable,
    /// The program asks for something that a run cannot give it. The message says what, and the way out.
    NotModelled,
}

/// A run, step by step.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// The names of the threads, by number.
    pub threads: Vec<String>,
    /// What the threads shared, by number.
    pub objects: Vec<Shared>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// Who was still waiting for what when nobody could move any more.
    pub waiting: Vec<Waiting>,
}

/// Something that threads share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// What it is.
    pub kind: Kind,
    /// What the program calls it, as far as the source tells.
    pub name: String,
}

/// A thread that waits for ever.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The thread.
    pub thread: usize,
    /// The line it waits in.
    pub place: Place,
    /// What it waits for.
    pub wish: Wish,
    /// The threads that it waits for, and since which line they stand in its way.
    pub on: Vec<(usize, Place)>,
}

/// What a thread waits for. Numbers are those of [`Recording::objects`] and
/// [`Recording::threads`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wish {
    /// To take this lock.
    Lock(usize),
    /// To take this lock for reading, after those who are in line to write.
    ReadAfter(usize),
    /// To be notified on this condition variable; `heard` tells how many notifications found
    /// nobody asleep there.
    Notification {
        /// The condition variable.
        condvar: usize,
        /// Notifications that went by.
        unheard: usize,
    },
    /// That this thread ends.
    End(usize),
    /// To be unparked.
    Unpark,
    /// A message from this channel.
    Message(usize),
    /// Room in this channel.
    Room(usize),
    /// That the others arrive at this barrier.
    Company(usize),
    /// That something changes that it looks at again and again.
    News,
    /// That somebody wakes the task.
    Wake,
    /// That the thread on which all tasks run becomes free.
    Turn,
}

impl Wish {
    /// The object that the line it is wished in calls by its name.
    pub(crate) fn object(self) -> Option<usize> {
        match self {
            Wish::Lock(object)
            | Wish::ReadAfter(object)
            | Wish::Notification { condvar: object, .. }
            | Wish::Message(object)
            | Wish::Room(object)
            | Wish::Company(object) => Some(object),
            Wish::End(_) | Wish::Unpark | Wish::News | Wish::Wake | Wish::Turn => None,
        }
    }
}
