//! One run: real threads of the system that move one at a time, as the strategy says.
//!
//! A thread announces its next visible operation and gives its turn away; whoever is chosen to go
//! next does the operation it announced, and runs on to the next one.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::actor::{Budget, Panic, Turn};
use crate::event::{Did, Event};
use crate::explore::Flaw;
use crate::fault::Waiting;
use crate::op::{Oid, Op, Tid, Verb};
use crate::place::Place;
use crate::scene::{SPURIOUS, Scene};
use crate::strategy::{Next, Pick, Question, Strategy};
use crate::stuck;
use crate::watch::Way;

/// How a run ended.
#[derive(Clone, Debug)]
pub(crate) enum Ending {
    /// Every thread came to its end.
    Complete,
    /// It was left, because what it could still show is shown by another run.
    Covered,
    /// It differed from an earlier run that made the same choices.
    Diverged,
    /// It took too many steps, or a thread went on looking in vain.
    Endless { spinning: Option<Tid> },
    /// No thread could move: these waited, each for something.
    Stuck(Vec<Waiting>),
    /// A thread panicked, and nobody took care of it.
    Panicked { thread: Tid, panic: Panic },
}

/// What bounds a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) steps: usize,
    /// Looks in a row that show nothing new while nobody else can move.
    pub(crate) idle_looks: usize,
    /// How many sleepers may wake for nothing.
    pub(crate) spurious_wakes: usize,
    /// The odd things that may happen to each thread.
    pub(crate) budget: Budget,
    /// Whether the run keeps a log for a report. A search does without.
    pub(crate) keeps_log: bool,
    /// Whether the run is over as soon as the body has panicked.
    pub(crate) stops_at_panic: bool,
    /// Whether loops that wait are told from other code. A search that does not takes every look for a step
    /// like any other, so loops must end by themselves.
    pub(crate) sees_loops: bool,
    /// A mistake made on purpose.
    pub(crate) flaw: Option<Flaw>,
}

/// The part of a run that threads take turns in changing.
pub(crate) struct State {
    pub(crate) scene: Scene,
    pub(crate) strategy: Box<dyn Strategy>,
    pub(crate) limits: Limits,
    pub(crate) ending: Option<Ending>,
    /// The choices made so far, for a replay.
    pub(crate) path: Vec<usize>,
    /// Switches away from a thread that could have gone on.
    pub(crate) preemptions: usize,
    /// Odd things: stale reads, and waking or failing for nothing.
    pub(crate) oddities: usize,
    pub(crate) idle_looks: usize,
    /// Threads of the system that have not come to their end.
    pub(crate) alive: Vec<Tid>,
    /// Threads that could not be unwound and are left asleep for ever.
    pub(crate) abandoned: Vec<Tid>,
    /// Whose scope each scoped thread belongs to.
    pub(crate) scoped_by: Vec<(Tid, Tid)>,
    pub(crate) handles: Vec<(Tid, JoinHandle<()>)>,
}

/// One run of the program under test.
pub(crate) struct Run {
    /// Tells this run's objects from those of earlier runs.
    pub(crate) number: u32,
    state: Mutex<State>,
    is_over: AtomicBool,
    ended: Condvar,
}

impl State {
    pub(crate) fn answer(&mut self, question: Question, among: usize) -> usize {
        if among < 2 {
            return 0;
        }
        let Some(answer) = self.strategy.answer(&self.scene, question, among) else {
            self.ending.get_or_insert(Ending::Diverged);
            return 0;
        };
        self.path.push(answer);
        if answer > 0 && question.is_odd() {
            self.oddities += 1;
        }
        answer
    }

    /// Decides who moves next, and writes the step down. `None` ends the run.
    pub(crate) fn advance(&mut self, last: Tid) -> Option<Tid> {
        if self.ending.is_some() {
            return None;
        }
        let (thread, node) = match self.choose(last) {
            Ok(chosen) => chosen,
            Err(ending) => {
                self.ending = Some(ending);
                return None;
            }
        };
        let footprint = self.scene.footprint(thread);
        self.strategy.step(&self.scene, &Next { thread, footprint: &footprint, node });
        self.scene.record(thread, footprint, node);
        Some(thread)
    }

    fn choose(&mut self, last: Tid) -> Result<(Tid, Option<usize>), Ending> {
        let enabled = self.scene.enabled();
        if enabled.is_empty() {
            return self.choose_restless(last);
        }
        if self.scene.trace.len() >= self.limits.steps {
            return Err(Ending::Endless { spinning: None });
        }
        match self.strategy.pick(&self.scene, enabled, last) {
            Pick::Covered => {
                self.strategy.stuck(&self.scene);
                Err(Ending::Covered)
            }
            Pick::Diverged => Err(Ending::Diverged),
            Pick::Go { thread, node } => {
                if enabled.len() > 1 {
                    self.path.push(thread);
                }
                let gives_way = self.scene.actors[last].pending.verb == Verb::Yield;
                if thread != last && enabled.contains(last) && !gives_way {
                    self.preemptions += 1;
                }
                Ok((thread, node))
            }
        }
    }

    /// Nobody is invited to move. Those go on who look in a loop or wait with a time limit.
    fn choose_restless(&mut self, last: Tid) -> Result<(Tid, Option<usize>), Ending> {
        let Some(thread) = self.scene.restless(last) else {
            if self.scene.actors.iter().all(|actor| actor.finished) {
                return Err(self.complete());
            }
            self.strategy.stuck(&self.scene);
            return Err(Ending::Stuck(stuck::waiting(&self.scene)));
        };
        self.idle_looks += 1;
        if self.idle_looks > self.limits.idle_looks {
            return Err(Ending::Endless { spinning: Some(thread) });
        }
        Ok((thread, None))
    }

    /// All threads have ended: well, unless one panicked and nobody joined it.
    fn complete(&self) -> Ending {
        let panicked = self.scene.actors.iter().position(|actor| actor.panicked.is_some());
        match panicked {
            Some(thread) => self.panicked(thread),
            None => Ending::Complete,
        }
    }

    pub(crate) fn panicked(&self, thread: Tid) -> Ending {
        let panic = self.scene.actors[thread].panicked.clone().expect("it has panicked");
        Ending::Panicked { thread, panic }
    }

    /// Makes `op` the next operation of the thread.
    pub(crate) fn announce(&mut self, thread: Tid, place: Place, op: Op) {
        let is_in_a_loop = self.limits.sees_loops
            && op.looks
            && self.scene.actors[thread].watch.is_in_a_loop_at(place);
        self.scene.actors[thread].pending = op;
        self.scene.actors[thread].place = place;
        self.scene.actors[thread].awaits_news = is_in_a_loop && self.waits_for_news(thread);
    }
}

impl Run {
    pub(crate) fn new(strategy: Box<dyn Strategy>, limits: Limits) -> Arc<Self> {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let mut scene = Scene::new();
        scene.flaw = limits.flaw;
        scene.gate_mut(SPURIOUS).level = i64::try_from(limits.spurious_wakes).unwrap_or(i64::MAX);
        let state = State {
            scene,
            strategy,
            limits,
            ending: None,
            path: vec![],
            preemptions: 0,
            oddities: 0,
            idle_looks: 0,
            alive: vec![],
            abandoned: vec![],
            scoped_by: vec![],
            handles: vec![],
        };
        Arc::new(Run {
            // Relaxed: only the uniqueness of the number matters.
            number: RUNS.fetch_add(1, Ordering::Relaxed) + 1,
            state: Mutex::new(state),
            is_over: AtomicBool::new(false),
            ended: Condvar::new(),
        })
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the run is being taken down.
    pub(crate) fn is_over(&self) -> bool {
        // Acquire: pairs with the Release in `pass_on`.
        self.is_over.load(Ordering::Acquire)
    }

    /// Hands the turn on. Returns whose turn it has become, or `None` if the run is over: then the
    /// threads unwind one after the other, so that no two destructors run at once.
    pub(crate) fn pass_on(&self, mut state: MutexGuard<'_, State>, last: Tid) -> Option<Arc<Turn>> {
        let next = state.advance(last);
        if next.is_none() && !self.is_over() {
            state.find_who_is_held_up_beyond_a_loop();
            self.is_over.store(true, Ordering::Release);
        }
        let next = next.or_else(|| self.next_to_unwind(&mut state));
        next.map(|thread| Arc::clone(&state.scene.actors[thread].turn))
    }

    /// Children before their parents: a scope waits for its threads even while it unwinds.
    pub(crate) fn next_to_unwind(&self, state: &mut State) -> Option<Tid> {
        while let Some(&thread) = state.alive.iter().max() {
            let children = state.scoped_by.iter().filter(|(_, parent)| *parent == thread);
            if !children.clone().any(|(child, _)| state.abandoned.contains(child)) {
                return Some(thread);
            }
            state.bury(thread);
            state.abandoned.push(thread);
        }
        self.ended.notify_all();
        None
    }

    /// Waits until every thread has come to its end.
    pub(crate) fn wait_for_the_end(&self) -> MutexGuard<'_, State> {
        let mut state = self.state();
        while !state.alive.is_empty() {
            state = self.ended.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state
    }
}

impl State {
    /// In a loop that looks: asks which way to go, and keeps to it until there is news.
    fn waits_for_news(&mut self, thread: Tid) -> bool {
        let way = self.scene.actors[thread].watch.way;
        let way = match way {
            Way::Undecided => match self.answer(Question::WaitOrPressOn, 3) {
                0 => Way::Waits,
                1 => Way::PressesOn,
                _ => Way::LooksOnce,
            },
            Way::LooksOnce if self.answer(Question::WaitOrLookOnce, 2) == 0 => Way::Waits,
            decided => decided,
        };
        self.scene.actors[thread].watch.way = way;
        way == Way::Waits
    }

    /// The thread does something else than look. Had it been in a loop, it has come out.
    pub(crate) fn leave_loop(&mut self, thread: Tid) {
        match self.scene.actors[thread].watch.way {
            Way::PressesOn => self.strategy.gave_up(thread),
            // Without news: the way that presses on shows this, too.
            Way::LooksOnce => _ = self.ending.get_or_insert(Ending::Covered),
            Way::Undecided | Way::Waits => {}
        }
        self.scene.actors[thread].watch.forget();
    }

    /// The run is over. Who is held up by now has come out of its loop as well, only that nothing has come of it.
    fn find_who_is_held_up_beyond_a_loop(&mut self) {
        for thread in 0..self.scene.actors.len() {
            let has_pressed_on = self.scene.actors[thread].watch.way == Way::PressesOn;
            if has_pressed_on && self.scene.is_held_up(thread) {
                self.strategy.gave_up(thread);
            }
        }
    }

    /// The thread of the system is gone, or as good as gone.
    pub(crate) fn bury(&mut self, thread: Tid) {
        self.alive.retain(|&other| other != thread);
        self.scene.actors[thread].finished = true;
    }

    /// A new thread of the run.
    pub(crate) fn enlist(&mut self, name: String, place: Place, parent: Option<Tid>) -> Tid {
        let thread = self.scene.add_actor(name, place, parent);
        self.scene.actors[thread].budget = self.limits.budget;
        self.alive.push(thread);
        thread
    }

    /// Writes an event into the log, if there is one.
    pub(crate) fn note(
        &mut self,
        thread: Tid,
        place: Place,
        object: Option<Oid>,
        did: impl FnOnce() -> Did,
    ) {
        if self.limits.keeps_log {
            self.scene.log.push(Event { thread, place, object, did: did(), value: None });
        }
    }
}
