//! What a search has to answer while a run goes on.

use crate::op::{Footprint, Oid, Tid};
use crate::scene::Scene;
use crate::set::ThreadSet;

/// The answer to "who moves next?".
pub(crate) enum Pick {
    /// This thread; and where in the search tree the choice is kept, if there was one.
    Go { thread: Tid, node: Option<usize> },
    /// Nobody: every way on has been explored already.
    Covered,
    /// The run is not the one that was made before with the same choices.
    Diverged,
}

/// A choice that is not about who moves next. The first alternative is always the plain one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// Which store of this variable a load reads: the newest, or an older one.
    WhichStore(Oid),
    /// Which sleeper a notification on this condition variable wakes.
    WhichSleeper(Oid),
    /// Whether a thread that looks in a loop waits for news, or presses on without; or, worth an
    /// answer only where pressing on has come to an end, looks once more and decides again.
    WaitOrPressOn,
    /// Whether it waits for news then, or looks once more.
    WaitOrLookOnce,
    /// Whether a task that could be polled is polled, or dropped.
    GoOnOrDrop,
    /// Whether a weak exchange succeeds, or fails for nothing.
    SucceedOrFail,
}

impl Question {
    /// Whether another answer than the first makes a run harder to believe.
    pub(crate) fn is_odd(self) -> bool {
        matches!(self, Question::WhichStore(_) | Question::SucceedOrFail | Question::GoOnOrDrop)
    }
}

/// How many ways on from a loop are tried before it is known to give up: then there is one more.
pub(crate) const FIRST_WAYS: usize = 2;

/// The answer by which a thread presses on.
const PRESS_ON: usize = 1;

/// The threads that press on in the present run, each with the choice by which it does.
#[derive(Default)]
pub(crate) struct Pressing(Vec<(Tid, usize)>);

impl Pressing {
    /// The thread whose turn it is was told which way to go on from a loop, at this node.
    pub(crate) fn note(&mut self, scene: &Scene, answer: usize, node: usize) {
        if answer == PRESS_ON {
            self.0.push((scene.row.0, node));
        }
    }

    /// Where it was decided that this thread presses on.
    pub(crate) fn node_of(&self, thread: Tid) -> Option<usize> {
        self.0.iter().rfind(|(other, _)| *other == thread).map(|&(_, node)| node)
    }

    /// Another run begins.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// A step that is about to be made.
pub(crate) struct Next<'a> {
    pub(crate) thread: Tid,
    pub(crate) footprint: &'a Footprint,
    /// The choice of this step in the search tree; none if there was nothing to choose.
    pub(crate) node: Option<usize>,
}

/// A way of going through the runs of a program.
pub(crate) trait Strategy: Send {
    /// Chooses among the threads that can move; there is at least one. `last` moved last.
    fn pick(&mut self, scene: &Scene, enabled: ThreadSet, last: Tid) -> Pick;

    /// Chooses a number below `among`, which is at least 2. `None` if the run has diverged.
    fn answer(&mut self, scene: &Scene, question: Question, among: usize) -> Option<usize>;

    /// The thread is about to do its pending operation, having been picked at this node.
    fn step(&mut self, _scene: &Scene, _step: &Next<'_>) {}

    /// A thread that was to press on has come out of its loop.
    fn gave_up(&mut self, _thread: Tid) {}

    /// The run ends here, and some threads cannot move: none of those that can is worth moving.
    fn stuck(&mut self, _scene: &Scene) {}

    /// Prepares the next run; `false` if there is none left.
    fn next_run(&mut self) -> bool;
}
