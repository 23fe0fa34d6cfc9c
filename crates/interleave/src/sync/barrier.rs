//! `Barrier`: a gate whose level counts the arrivals.

use std::fmt;

use crate::event::Did;
use crate::model::{Here, Setting, abandon, setting};
use crate::object::Kind;
use crate::op::{Access, Need, Oid, Op, Touch, Verb};
use crate::place::Place;
use crate::tag::Tag;

/// A barrier; see [`std::sync::Barrier`].
///
/// Arriving is a step, and so is going on once all are there.
pub struct Barrier {
    tag: Tag,
    real: std::sync::Barrier,
    size: usize,
}

/// Tells one of the threads that met at a [`Barrier`] from the others.
#[derive(Clone, Copy, Debug)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// Whether this thread was the last to arrive. Exactly one is, in every meeting.
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl Barrier {
    /// A barrier for `size` threads.
    pub const fn new(size: usize) -> Self {
        Barrier { tag: Tag::new(), real: std::sync::Barrier::new(size), size }
    }

    /// Waits until all have arrived. Then the barrier is ready for the next meeting.
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let place = Place::caller();
        match setting() {
            Setting::Inside(here) => self.meet(&here, place),
            Setting::Outside => BarrierWaitResult(self.real.wait().is_leader()),
            Setting::Unwinding => abandon(),
        }
    }

    fn meet(&self, here: &Here, place: Place) -> BarrierWaitResult {
        let gate = here.object(&self.tag, |scene| scene.add_gate(Kind::Barrier, 0));
        // The level counts all that have ever arrived: a meeting is over when it has passed.
        let size = i64::try_from(self.size.max(1)).expect("fewer than 2^63 threads");
        let op = Op::on(gate, Touch::Is(Access::Write));
        let arrived = here.perform(
            place,
            |_| op,
            |session| {
                session.shift(gate, 1);
                let knowledge = session.knowledge();
                let barrier = session.state.scene.gate_mut(gate);
                barrier.view.join(&knowledge);
                let arrived = barrier.level;
                session.effect();
                session.note(Some(gate), || Did::Arrived(arrived % size == 0));
                arrived
            },
        );
        self.leave(here, gate, place, (arrived + size - 1) / size * size);
        BarrierWaitResult(arrived % size == 0)
    }

    /// Goes on once so many have arrived. That nobody can notice.
    fn leave(&self, here: &Here, gate: Oid, place: Place, enough: i64) {
        let op = Op::when(Verb::Gather(gate), gate, Access::Read, Need::AtLeast(enough));
        here.perform(
            place,
            |_| op,
            |session| {
                let known = session.state.scene.gate(gate).view.clone();
                session.learn(&known);
            },
        );
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}
