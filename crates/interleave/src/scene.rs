//! Everything one run consists of: its threads, its objects, and the trace of its steps.

use std::task::Waker;

use crate::actor::Actor;
use crate::clock::{Clock, View};
use crate::event::Event;
use crate::explore::Flaw;
use crate::memory::{Look, Variable};
use crate::object::{Body, Gate, Kind, Object, Past};
use crate::op::{Access, Footprint, Need, Oid, Op, Tid, Touch, Verb};
use crate::place::Place;
use crate::set::{MOST_THREADS, ThreadSet};
use crate::watch::Sighting;

/// The object that stands for the single total order of `SeqCst` operations. Operations read it,
/// `SeqCst` fences write it.
pub(crate) const ORDER: Oid = 0;

/// The gate whose level tells how many sleepers may still wake for nothing in this run.
pub(crate) const SPURIOUS: Oid = 1;

/// One visible operation that was carried out.
pub(crate) struct Step {
    pub(crate) thread: Tid,
    pub(crate) footprint: Footprint,
    /// This step and everything it comes after.
    pub(crate) clock: Clock,
    /// The choice of this step in the search tree; none if there was nothing to choose.
    pub(crate) node: Option<usize>,
    /// By how much it moved the level of which gates.
    pub(crate) moves: Vec<(Oid, i64)>,
    /// A look without news that only prolongs a loop: no other order of it is worth a run.
    pub(crate) is_idle: bool,
}

/// One run, up to the present.
pub(crate) struct Scene {
    pub(crate) actors: Vec<Actor>,
    pub(crate) objects: Vec<Object>,
    /// What the total order of `SeqCst` operations has fixed; see [`Look`].
    pub(crate) order: View,
    pub(crate) trace: Vec<Step>,
    pub(crate) log: Vec<Event>,
    /// Who made the last steps, and how many in a row.
    pub(crate) row: (Tid, usize),
    /// A mistake made on purpose.
    pub(crate) flaw: Option<Flaw>,
    /// The one thread on which the tasks of the run take turns, as a gate that is at level 0 while free.
    executor: Option<Oid>,
    /// How many tasks have been started.
    pub(crate) tasks: usize,
    /// Whom to wake when a task is woken, and whether one has been.
    pub(crate) clock: Option<Waker>,
    pub(crate) has_rung: bool,
    /// The stores that the last question was about, for whoever is asked in words.
    pub(crate) offered: Vec<usize>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let mut scene = Scene {
            actors: vec![],
            objects: vec![],
            order: View::default(),
            trace: vec![],
            log: vec![],
            row: (0, 0),
            flaw: None,
            executor: None,
            tasks: 0,
            clock: None,
            has_rung: false,
            offered: vec![],
        };
        scene.add_gate(Kind::Order, 0);
        scene.add_gate(Kind::Order, 0);
        scene
    }

    fn add(&mut self, kind: Kind, body: Body) -> Oid {
        self.objects.push(Object { kind, body, history: vec![], past: Past::default() });
        self.objects.len() - 1
    }

    pub(crate) fn add_gate(&mut self, kind: Kind, level: i64) -> Oid {
        self.add(kind, Body::Gate(Gate { level, ..Gate::default() }))
    }

    pub(crate) fn add_variable(&mut self, value: u64, show: fn(u64) -> String) -> Oid {
        self.add(Kind::Atomic, Body::Variable(Variable::new(value, show)))
    }

    /// A new thread, which knows what its parent knows.
    pub(crate) fn add_actor(&mut self, name: String, place: Place, parent: Option<Tid>) -> Tid {
        assert!(
            self.actors.len() < MOST_THREADS,
            "interleave: more than {MOST_THREADS} threads in one run; try a smaller program"
        );
        let (end, token) = (self.add_gate(Kind::Thread, 0), self.add_gate(Kind::Thread, 0));
        let mut actor = Actor::new(name, place, end, token);
        if let Some(parent) = parent {
            actor.clock = self.actors[parent].clock.clone();
            actor.sight = self.actors[parent].sight.of_child();
        }
        self.actors.push(actor);
        self.actors.len() - 1
    }

    pub(crate) fn gate(&self, object: Oid) -> &Gate {
        match &self.objects[object].body {
            Body::Gate(gate) => gate,
            Body::Variable(_) => unreachable!("a variable is not a gate"),
        }
    }

    pub(crate) fn gate_mut(&mut self, object: Oid) -> &mut Gate {
        match &mut self.objects[object].body {
            Body::Gate(gate) => gate,
            Body::Variable(_) => unreachable!("a variable is not a gate"),
        }
    }

    pub(crate) fn variable(&self, object: Oid) -> &Variable {
        match &self.objects[object].body {
            Body::Variable(variable) => variable,
            Body::Gate(_) => unreachable!("a gate is not a variable"),
        }
    }

    /// The one thread on which tasks take turns.
    pub(crate) fn executor(&mut self) -> Oid {
        if let Some(executor) = self.executor {
            return executor;
        }
        let executor = self.add_gate(Kind::Executor, 0);
        self.executor = Some(executor);
        executor
    }

    /// A task has been woken: the clock need not go on.
    pub(crate) fn ring_for_the_clock(&mut self) {
        self.has_rung = true;
        if let Some(clock) = self.clock.take() {
            clock.wake();
        }
    }

    /// Whose turn it is among the tasks, and the line it has come to.
    pub(crate) fn executor_holders(&self) -> Vec<(Tid, Place)> {
        let holders = self.executor.map(|executor| self.holders(executor)).unwrap_or_default();
        holders.into_iter().map(|task| (task, self.actors[task].place)).collect()
    }

    /// Who holds a lock now.
    pub(crate) fn holders(&self, object: Oid) -> Vec<Tid> {
        match &self.objects[object].body {
            Body::Gate(gate) => gate.holders.iter().map(|(holder, _)| *holder).collect(),
            Body::Variable(_) => vec![],
        }
    }

    /// The newest value of a variable, in its own type's `Debug` form.
    pub(crate) fn value(&self, object: Oid) -> Option<String> {
        match &self.objects[object].body {
            Body::Gate(_) => None,
            Body::Variable(variable) => Some(variable.text(variable.newest().value)),
        }
    }

    /// One thread's access to one variable.
    pub(crate) fn look(&mut self, thread: Tid, object: Oid) -> Look<'_> {
        let Body::Variable(variable) = &mut self.objects[object].body else {
            unreachable!("a gate is not a variable")
        };
        let sight = &mut self.actors[thread].sight;
        Look { object, variable, sight, order: &mut self.order }
    }

    /// Moves the level of a gate, and remembers that the present step did.
    pub(crate) fn shift(&mut self, object: Oid, by: i64) {
        let gate = self.gate_mut(object);
        gate.level += by;
        gate.turns += u64::from(by != 0);
        if let Some(step) = self.trace.last_mut() {
            step.moves.push((object, by));
        }
    }

    /// The threads that could do their pending operation now.
    pub(crate) fn enabled(&self) -> ThreadSet {
        (0..self.actors.len()).filter(|&thread| self.is_enabled(thread)).collect()
    }

    fn is_enabled(&self, thread: Tid) -> bool {
        let actor = &self.actors[thread];
        !actor.finished
            && actor.pending.verb != Verb::Tick
            && actor.asleep.as_ref().is_none_or(|asleep| asleep.may_wake(actor.budget))
            && self.are_met(&actor.pending.needs)
            && (!actor.awaits_news || self.has_news(actor))
    }

    /// Whether the thread waits, and not by looking again and again.
    pub(crate) fn is_held_up(&self, thread: Tid) -> bool {
        let actor = &self.actors[thread];
        let sleeps = actor.asleep.as_ref().is_some_and(|asleep| !asleep.has_time_limit);
        !actor.finished && (sleeps || !self.are_met(&actor.pending.needs))
    }

    fn are_met(&self, needs: &[(Oid, Need)]) -> bool {
        needs.iter().all(|&(object, need)| need.met(self.gate(object).level))
    }

    fn has_news(&self, actor: &Actor) -> bool {
        actor.watch.seen.iter().any(|&(object, sighting)| match sighting {
            Sighting::Edit(seen) => self.edits(object) != seen,
            Sighting::Turn(seen) => self.gate(object).turns != seen,
        })
    }

    /// How often the value of a variable, or what a lock protects, has been changed.
    fn edits(&self, object: Oid) -> u64 {
        match &self.objects[object].body {
            Body::Gate(gate) => gate.edits,
            Body::Variable(variable) => variable.newest().edit,
        }
    }

    /// A thread that moves although nothing invites it to, since nobody else can: one that looks
    /// in a loop, or one whose time limit runs out. They take turns.
    pub(crate) fn restless(&self, last: Tid) -> Option<Tid> {
        let count = self.actors.len();
        (1..=count).map(|ahead| (last + ahead) % count).find(|&thread| {
            let actor = &self.actors[thread];
            let may = match &actor.asleep {
                Some(asleep) => asleep.has_time_limit,
                None => actor.awaits_news || actor.pending.verb == Verb::Tick,
            };
            !actor.finished && may && self.are_met(&actor.pending.needs)
        })
    }

    /// What a thread's pending operation would touch, done now.
    pub(crate) fn footprint(&self, thread: Tid) -> Footprint {
        let actor = &self.actors[thread];
        let mut footprint = self.resolve(&actor.pending);
        if self.flaw == Some(Flaw::ForgetTurns) {
            footprint.retain(|&(object, _)| Some(object) != self.executor);
        }
        if actor.awaits_news {
            // What it waits for may happen at any of these.
            for &(object, _) in &actor.watch.seen {
                footprint.push((object, Access::Read));
            }
        }
        footprint
    }

    fn resolve(&self, op: &Op) -> Footprint {
        let access = |object: Oid, touch: Touch| match touch {
            Touch::Is(access) => access,
            Touch::Load(ordering) => self.variable(object).access_of_load(ordering),
            Touch::Exchange { expected, failure } => {
                let variable = self.variable(object);
                let succeeds = variable.newest().value == expected;
                if succeeds { Access::Write } else { variable.access_of_load(failure) }
            }
            Touch::Try(need) => {
                let level = self.gate(object).level;
                // Readers that hold a lock let go of it without conflict among themselves, but
                // not without being noticed by somebody who is turned away because of them.
                let is_refused_by_one = !need.met(level) && level <= 0;
                if is_refused_by_one { Access::Read } else { Access::Write }
            }
        };
        op.touches.iter().map(|&(object, touch)| (object, access(object, touch))).collect()
    }

    /// Writes a step into the trace, after everything it conflicts with.
    pub(crate) fn record(&mut self, thread: Tid, footprint: Footprint, node: Option<usize>) {
        let mut clock = self.actors[thread].clock.clone();
        clock.raise(thread, clock.get(thread) + 1);
        for &(object, access) in &footprint {
            self.objects[object].past.before(access, &mut clock);
        }
        for &(object, access) in &footprint {
            let object = &mut self.objects[object];
            if access != Access::Read || self.flaw != Some(Flaw::ForgetReads) {
                object.past.add(access, &clock);
            }
            object.history.push(self.trace.len());
        }
        self.actors[thread].clock = clock.clone();
        self.row = if self.row.0 == thread { (thread, self.row.1 + 1) } else { (thread, 1) };
        let step = Step { thread, footprint, clock, node, moves: vec![], is_idle: false };
        self.trace.push(step);
    }

    /// Whether the step comes before everything that has this clock.
    pub(crate) fn is_known(&self, step: usize, clock: &Clock) -> bool {
        let step = &self.trace[step];
        clock.get(step.thread) >= step.clock.get(step.thread)
    }

    /// Whether the first of two steps must come before the second.
    pub(crate) fn comes_before(&self, first: usize, second: usize) -> bool {
        self.is_known(first, &self.trace[second].clock)
    }
}
