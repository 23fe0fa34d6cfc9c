//! The link between a thread of the system and the run it belongs to.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, MutexGuard};

use crate::event::Did;
use crate::op::{Access, Need, Op, Tid, Touch, Verb};
use crate::panics;
use crate::place::Place;
use crate::run::{Run, State};
use crate::scene::Scene;
use crate::script::Script;
use crate::session::Session;

/// Operations a thread may try while its run is taken down, in destructors or because it catches the
/// panic that unwinds it, before it is left alone.
const LAST_WORDS: usize = 10_000;

/// Unwinds a thread whose run is over.
pub(crate) struct Unwound;

/// The present thread as a member of a run.
#[derive(Clone)]
pub(crate) struct Here {
    pub(crate) run: Arc<Run>,
    pub(crate) me: Tid,
}

/// Where an operation finds itself.
pub(crate) enum Setting {
    /// In no run: the types behave as those of the standard library.
    Outside,
    /// In a run.
    Inside(Here),
    /// In a destructor, while the run is taken down: nothing counts, and nothing may block.
    Unwinding,
}

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
    static WORDS: Cell<usize> = const { Cell::new(0) };
}

/// The run of the present thread, if it belongs to one.
fn here() -> Option<Here> {
    // Destructors of thread-locals may come after the thread-local here is gone.
    HERE.try_with(|here| here.borrow().clone()).ok().flatten()
}

/// Whether the present thread belongs to a run.
pub(crate) fn is_inside() -> bool {
    here().is_some()
}

/// The choices of the present run so far.
pub(crate) fn schedule() -> Option<String> {
    Some(Script::write(&here()?.run.state().path))
}

/// Where the present thread is. Unwinds it if its run is over.
pub(crate) fn setting() -> Setting {
    let Some(here) = here() else { return Setting::Outside };
    if !here.run.is_over() {
        return Setting::Inside(here);
    }
    let words = WORDS.with(|words| words.replace(words.get() + 1));
    if words > LAST_WORDS {
        abandon();
    }
    if !std::thread::panicking() {
        unwind();
    }
    Setting::Unwinding
}

/// A destructor is about to wait for something. If its run is being taken down, nothing comes.
pub(crate) fn must_not_block() {
    if here().is_some() {
        abandon();
    }
}

fn unwind() -> ! {
    resume_unwind(Box::new(Unwound))
}

/// Leaves the present thread asleep for ever: its destructors wait for something that will never
/// come, and a thread cannot be ended from outside.
pub(crate) fn abandon() -> ! {
    if let Some(here) = here() {
        let mut state = here.run.state();
        state.bury(here.me);
        state.abandoned.push(here.me);
        here.give_to_next_unwinding(state);
    }
    loop {
        std::thread::park();
    }
}

impl Here {
    /// Announces an operation, waits until it is chosen, and does it.
    pub(crate) fn perform<R>(
        &self,
        place: Place,
        op: impl FnOnce(&mut Scene) -> Op,
        act: impl FnOnce(&mut Session<'_>) -> R,
    ) -> R {
        panics::forget();
        let mut state = self.run.state();
        let op = op(&mut state.scene);
        state.announce(self.me, place, op);
        let mine = Arc::clone(&state.scene.actors[self.me].turn);
        if let Some(turn) = self.run.pass_on(state, self.me)
            && !Arc::ptr_eq(&turn, &mine)
        {
            turn.give();
            mine.take();
        }
        if self.run.is_over() {
            // In a destructor, while a panic of the thread's own unwinds: a second one would end the process.
            if std::thread::panicking() {
                abandon();
            }
            unwind();
        }
        let mut state = self.run.state();
        act(&mut Session { state: &mut state, me: self.me, place })
    }

    /// Whether anybody will read what is written down about this run.
    pub(crate) fn keeps_log(&self) -> bool {
        self.run.state().limits.keeps_log
    }

    /// Does something that no other thread can notice.
    pub(crate) fn quietly<R>(&self, act: impl FnOnce(&mut Session<'_>) -> R) -> R {
        let mut state = self.run.state();
        let place = state.scene.actors[self.me].place;
        act(&mut Session { state: &mut state, me: self.me, place })
    }

    /// Enrols a new thread. The thread of the system that plays it must call [`Here::live`].
    pub(crate) fn enrol(&self, name: Option<String>, place: Place, is_scoped: bool) -> Here {
        let mut state = self.run.state();
        let number = state.scene.actors.len();
        let name = name.unwrap_or_else(|| std::format!("thread {number}"));
        let child = state.enlist(name, place, Some(self.me));
        state.leave_loop(self.me);
        state.note(self.me, place, None, || Did::Spawned(child));
        if is_scoped {
            state.scoped_by.push((child, self.me));
        }
        Here { run: Arc::clone(&self.run), me: child }
    }

    /// The life of a thread. `body` keeps its own result; it returns the payload of a panic.
    pub(crate) fn live(self, body: impl FnOnce() -> Option<Box<dyn Any + Send>>) {
        HERE.with(|here| *here.borrow_mut() = Some(self.clone()));
        // The result tells nothing new: a run that is over unwinds its threads.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let turn = Arc::clone(&self.run.state().scene.actors[self.me].turn);
            turn.take();
            if self.run.is_over() {
                unwind();
            }
            if let Some(payload) = body() {
                if payload.is::<Unwound>() {
                    unwind();
                }
                self.quietly(|session| session.panicked(panics::take(&*payload)));
            }
            self.end();
        }));
        HERE.with(|here| *here.borrow_mut() = None);
        let mut state = self.run.state();
        state.bury(self.me);
        if self.run.is_over() {
            self.give_to_next_unwinding(state);
        } else if let Some(turn) = self.run.pass_on(state, self.me) {
            turn.give();
        }
    }

    /// The last step of a thread, after which others may join it.
    fn end(&self) {
        let (place, end) = self.quietly(|session| {
            let actor = &session.state.scene.actors[self.me];
            (actor.place, actor.end)
        });
        let op = Op { verb: Verb::End, ..Op::on(end, Touch::Is(Access::Write)) };
        self.perform(
            place,
            |_| op,
            |session| {
                session.shift(end, 1);
                session.state.leave_loop(self.me);
                session.note(None, || Did::Ended);
            },
        );
    }

    /// Waits for another thread to end. Tells whether it panicked and nobody had joined it yet.
    pub(crate) fn join(&self, child: Tid, place: Place) -> bool {
        let op = |scene: &mut Scene| {
            let end = scene.actors[child].end;
            Op::when(Verb::Join(child), end, Access::Read, Need::AtLeast(1))
        };
        self.perform(place, op, |session| {
            let known = session.state.scene.actors[child].sight.now.clone();
            session.learn(&known);
            session.effect();
            session.note(None, || Did::Joined(child));
            session.state.scene.actors[child].panicked.take().is_some()
        })
    }

    fn give_to_next_unwinding(&self, mut state: MutexGuard<'_, State>) {
        let next = self.run.next_to_unwind(&mut state);
        let turn = next.map(|thread| Arc::clone(&state.scene.actors[thread].turn));
        drop(state);
        if let Some(turn) = turn {
            turn.give();
        }
    }
}
