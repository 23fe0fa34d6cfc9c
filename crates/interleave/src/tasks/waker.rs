//! A waker that is a step of the run, and that notices from which line it was taken.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{RawWaker, RawWakerVTable, Waker};

use super::line;
use crate::event::Did;
use crate::model::{Here, Setting, setting};
use crate::object::Kind;
use crate::op::{Access, Oid, Op, Tid, Touch, Verb};
use crate::place::Place;

/// What a waker rings: a gate at level 1 while its task is awake and has not been polled since.
pub(super) struct Bell {
    run: u32,
    task: Tid,
    pub(super) gate: Oid,
    /// Where the task stands: the await that has taken the waker, as far as can be told.
    place: Mutex<Place>,
}

impl Bell {
    pub(super) fn new(here: &Here, place: Place) -> Arc<Self> {
        // A task that has not been polled yet is awake.
        let gate = here.quietly(|session| session.state.scene.add_gate(Kind::Waker, 1));
        Arc::new(Bell { run: here.run.number, task: here.me, gate, place: Mutex::new(place) })
    }

    pub(super) fn place(&self) -> Place {
        *self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The present thread in the run that this waker belongs to.
    fn inside(&self) -> Option<Here> {
        match setting() {
            Setting::Inside(here) if here.run.number == self.run => Some(here),
            _ => None,
        }
    }

    /// The task hands its waker to somebody: at the line of its await.
    fn notice(&self) {
        if let Some(here) = self.inside()
            && here.me == self.task
            && here.keeps_log()
            && let Some(place) = line::of_the_await()
        {
            *self.place.lock().unwrap_or_else(PoisonError::into_inner) = place;
        }
    }

    fn ring(&self) {
        self.notice();
        // A waker that outlives its run, or rings while the run is taken down, wakes nobody.
        let Some(here) = self.inside() else { return };
        let (gate, task) = (self.gate, self.task);
        let op = Op { verb: Verb::Wake(gate), ..Op::on(gate, Touch::Is(Access::Write)) };
        let place = here.quietly(|session| session.place);
        here.perform(
            place,
            |_| op,
            |session| {
                if session.state.scene.gate(gate).level == 0 {
                    session.shift(gate, 1);
                    session.effect();
                    if session.me != task {
                        session.note(None, || Did::Awoke(task));
                    }
                }
                session.state.scene.ring_for_the_clock();
            },
        );
    }
}

/// A waker that rings this bell.
pub(super) fn of(bell: &Arc<Bell>) -> Waker {
    let data = Arc::into_raw(Arc::clone(bell)).cast();
    #[allow(unsafe_code, reason = "`std::task::Wake` does not tell when a waker is cloned")]
    // SAFETY: the functions of `VTABLE` keep the contract of `RawWaker`: each takes `data` for what it is,
    // a pointer made by `Arc::into_raw`, counts it up or down by one as asked, and is safe to call from
    // any thread, as `Bell` is `Send` and `Sync`.
    unsafe {
        Waker::from_raw(RawWaker::new(data, &VTABLE))
    }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// The bell behind a waker's data, on loan.
fn on_loan(data: *const ()) -> std::mem::ManuallyDrop<Arc<Bell>> {
    #[allow(unsafe_code, reason = "the data of a waker is a bare pointer")]
    // SAFETY: `data` came from `Arc::into_raw` and is alive as long as its waker. The count is not touched:
    // this `Arc` is never dropped.
    unsafe {
        std::mem::ManuallyDrop::new(Arc::from_raw(data.cast::<Bell>()))
    }
}

fn clone(data: *const ()) -> RawWaker {
    let bell = on_loan(data);
    bell.notice();
    RawWaker::new(Arc::into_raw(Arc::clone(&bell)).cast(), &VTABLE)
}

fn wake(data: *const ()) {
    on_loan(data).ring();
    drop_waker(data);
}

fn wake_by_ref(data: *const ()) {
    on_loan(data).ring();
}

fn drop_waker(data: *const ()) {
    drop(std::mem::ManuallyDrop::into_inner(on_loan(data)));
}
