//! Tasks: futures that take turns on one imagined thread, polled in every order.
//!
//! ```
//! use interleave::{check, tasks};
//!
//! let report = check(|| {
//!     let (send, receive) = std::sync::mpsc::channel();
//!     let cooks = [1, 2].map(|dish| {
//!         let send = send.clone();
//!         tasks::spawn(async move { send.send(dish).unwrap() })
//!     });
//!     cooks.into_iter().for_each(|cook| cook.join().unwrap());
//!     assert_eq!(receive.try_iter().sum::<i32>(), 3);
//! });
//! assert_eq!(report.runs, 2); // one cook first, or the other
//! ```
//!
//! A task is a thread of the run that has to wait its turn: while one is polled, no other is. So between
//! two awaits nobody gets in between, and *at* an await everybody who has been woken may. All orders of
//! polling the tasks that are ready are explored, whatever wakes them: any future works that uses its waker
//! as it should, those of `tokio::sync` and of the crate `futures` among them, which need no runtime.
//!
//! What a task does to the types of [`sync`](crate::sync) while it is polled is written down step by step as
//! for any thread. A guard of a standard lock that is kept across an await shows as the deadlock it is: the
//! task that wants the lock keeps the only thread.
//!
//! [`spawn_cancellable`] adds one more way on at every await: the future is dropped there.
//! [`clock`] connects a runtime whose time stands still, for futures that sleep.

mod clock;
mod line;
mod waker;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::event::Did;
use crate::model::{Here, Setting, setting};
use crate::op::{Access, Need, Oid, Op, Touch, Verb};
use crate::place::Place;
use crate::strategy::Question;
use crate::thread::{Builder, JoinHandle};

pub use self::clock::{Woken, clock};
use waker::Bell;

/// Starts a task. Joining it belongs to the body that is explored, which is no task itself.
///
/// # Panics
/// Outside of a run: there a runtime is needed.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let task = Task::new(Place::caller(), false);
    let life = move || task.live(future).expect("only a cancellable task is dropped");
    Builder::new().name(name()).spawn(life).expect("failed to spawn a task")
}

/// Starts a task that may be dropped before it is polled for the first time, and at every await. Then the
/// handle yields `None`.
///
/// # Panics
/// Outside of a run.
#[track_caller]
pub fn spawn_cancellable<F>(future: F) -> JoinHandle<Option<F::Output>>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let task = Task::new(Place::caller(), true);
    let life = move || task.live(future);
    Builder::new().name(name()).spawn(life).expect("failed to spawn a task")
}

/// Lets the other tasks run: whoever awaits this is ready again at once, and has to wait its turn.
pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

/// What [`yield_now`] returns: ready when it is polled for the second time.
#[derive(Debug)]
#[must_use = "only an await lets the others run"]
pub struct YieldNow {
    has_yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The run that the present thread belongs to.
fn here() -> Here {
    match setting() {
        Setting::Inside(here) => here,
        _ => panic!(
            "interleave: there are no tasks outside of a run; start them in the body given to \
             `check`, or on a runtime"
        ),
    }
}

fn name() -> String {
    here().quietly(|session| {
        session.state.scene.tasks += 1;
        std::format!("task {}", session.state.scene.tasks)
    })
}

/// What a task needs to take turns.
struct Task {
    place: Place,
    may_be_dropped: bool,
}

impl Task {
    fn new(place: Place, may_be_dropped: bool) -> Self {
        Task { place, may_be_dropped }
    }

    /// Polls the future whenever it is its turn. `None` if it was dropped.
    fn live<F: Future>(self, future: F) -> Option<F::Output> {
        let here = here();
        let executor = here.quietly(|session| session.state.scene.executor());
        let bell = Bell::new(&here, self.place);
        let waker = waker::of(&bell);
        let mut future: Pin<Box<F>> = Box::pin(future);
        loop {
            let mut turn = Turn::take(&here, executor, &bell, self.may_be_dropped);
            if turn.drops {
                drop(future);
                turn.ends_with = Did::Dropped;
                return None;
            }
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(value) => {
                    drop(future);
                    return Some(value);
                }
                Poll::Pending => turn.ends_with = Did::Suspended,
            }
        }
    }
}

/// A task's turn on the only thread; given back when dropped, by a panic too.
struct Turn<'a> {
    here: &'a Here,
    executor: Oid,
    bell: &'a Arc<Bell>,
    /// The search wants the future dropped in this turn.
    drops: bool,
    ends_with: Did,
}

impl<'a> Turn<'a> {
    fn take(here: &'a Here, executor: Oid, bell: &'a Arc<Bell>, may_be_dropped: bool) -> Self {
        let waker = bell.gate;
        let op = Op::on(executor, Touch::Is(Access::Write)).and(waker, Touch::Is(Access::Write));
        let op = op.needing(executor, Need::Exactly(0));
        let op = if may_be_dropped {
            Op { verb: Verb::PollOrDrop(waker), ..op }
        } else {
            Op { verb: Verb::Poll(waker), ..op.needing(waker, Need::AtLeast(1)) }
        };
        let drops = here.perform(
            bell.place(),
            |_| op,
            |session| {
                session.take_turn(executor);
                let is_awake = session.state.scene.gate(waker).level > 0;
                if is_awake {
                    session.shift(waker, -1);
                }
                // Who has not been woken has nothing to go on for.
                let drops = may_be_dropped
                    && (!is_awake || session.state.answer(Question::GoOnOrDrop, 2) == 1);
                session.effect();
                session.note(None, || Did::Polled);
                drops
            },
        );
        Turn { here, executor, bell, drops, ends_with: Did::Ended }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !matches!(setting(), Setting::Inside(_)) {
            return;
        }
        let op = Op::on(self.executor, Touch::Is(Access::Write));
        let op = Op { verb: Verb::Suspend, ..op };
        let (executor, did) = (self.executor, self.ends_with.clone());
        self.here.perform(
            self.bell.place(),
            |_| op,
            |session| {
                session.give_turn(executor);
                if did != Did::Ended {
                    session.note(None, || did);
                }
            },
        );
    }
}
