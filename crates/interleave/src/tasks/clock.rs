//! The clock of a runtime, moved when no task can move otherwise.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::here;
use crate::event::Did;
use crate::model::Here;
use crate::op::{Access, Need, Oid, Op, Touch, Verb};
use crate::place::Place;
use crate::thread::Builder;

/// Ready as soon as a task of the run is woken.
pub struct Woken(Here);

/// Starts a clock for the tasks of the run. When none of them can move, `advance` is called: it should let
/// time pass until its argument is ready, and tell whether that happened before all timers had run out.
///
/// With Tokio, whose paused time moves by itself when nothing else is left to do:
///
/// ```ignore
/// let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
/// tasks::clock(move |woken| {
///     runtime.block_on(async { tokio::time::timeout(FOR_EVER, woken).await.is_ok() })
/// });
/// ```
///
/// # Panics
/// Outside of a run.
#[track_caller]
pub fn clock(advance: impl FnMut(Woken) -> bool + Send + 'static) {
    let (here, place) = (here(), Place::caller());
    let executor = here.quietly(|session| session.state.scene.executor());
    let mut advance = advance;
    let life = move || {
        let here = self::here();
        while tick(&here, executor, place, &mut advance) {}
    };
    // Nobody joins a clock: it ends by itself when it has nobody left to wake.
    drop(Builder::new().name("clock".to_owned()).spawn(life).expect("failed to spawn a clock"));
}

fn tick(here: &Here, executor: Oid, place: Place, advance: &mut impl FnMut(Woken) -> bool) -> bool {
    let op = Op::on(executor, Touch::Is(Access::Write)).needing(executor, Need::Exactly(0));
    let op = Op { verb: Verb::Tick, ..op };
    here.perform(
        place,
        |_| op,
        |session| {
            session.take_turn(executor);
            session.note(None, || Did::Ticked);
        },
    );
    let has_woken = advance(Woken(here.clone()));
    let op = Op { verb: Verb::Suspend, ..Op::on(executor, Touch::Is(Access::Write)) };
    here.perform(place, |_| op, |session| session.give_turn(executor));
    has_woken
}

impl Future for Woken {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.run.state();
        if std::mem::take(&mut state.scene.has_rung) {
            return Poll::Ready(());
        }
        state.scene.clock = Some(context.waker().clone());
        Poll::Pending
    }
}
