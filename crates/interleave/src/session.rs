//! What a thread may do while it is its turn: the vocabulary in which the types of `sync` are told.

use std::sync::atomic::Ordering;

use crate::actor::{Asleep, Panic};
use crate::clock::View;
use crate::event::{Did, Hold};
use crate::memory::fence;
use crate::op::{Access, Need, Oid, Op, Tid, Verb};
use crate::place::Place;
use crate::run::{Ending, State};
use crate::strategy::Question;
use crate::watch::{Looked, Sighting};

/// One thread's turn.
pub(crate) struct Session<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) me: Tid,
    pub(crate) place: Place,
}

/// What a load found.
pub(crate) struct Found {
    pub(crate) value: u64,
    /// Who has stored which newer value, if the load did not read the newest.
    pub(crate) newer: Option<(Tid, u64)>,
}

impl Session<'_> {
    pub(crate) fn note(&mut self, object: Option<Oid>, did: impl FnOnce() -> Did) {
        self.state.note(self.me, self.place, object, did);
    }

    /// Adds to the event just noted what the lock holds.
    pub(crate) fn show(&mut self, value: impl FnOnce() -> Option<String>) {
        if self.state.limits.keeps_log
            && let Some(event) = self.state.scene.log.last_mut()
        {
            event.value = value();
        }
    }

    pub(crate) fn shift(&mut self, gate: Oid, by: i64) {
        self.state.scene.shift(gate, by);
    }

    /// Takes over what somebody else knew of the memory.
    pub(crate) fn learn(&mut self, view: &View) {
        self.state.scene.actors[self.me].sight.now.join(view);
    }

    /// What this thread knows of the memory.
    pub(crate) fn knowledge(&self) -> View {
        self.state.scene.actors[self.me].sight.now.clone()
    }

    /// This thread has changed something that others may be waiting for.
    pub(crate) fn effect(&mut self) {
        self.state.leave_loop(self.me);
        self.state.idle_looks = 0;
    }

    /// This thread has looked at something and changed nothing.
    pub(crate) fn looked(&mut self, sight: Option<(Oid, Sighting)>) {
        let watch = &mut self.state.scene.actors[self.me].watch;
        match watch.look(self.place, sight) {
            Looked::Usefully => {}
            Looked::Idly => {
                if let Some(step) = self.state.scene.trace.last_mut() {
                    step.is_idle = true;
                }
            }
            Looked::InVain => {
                self.state.ending.get_or_insert(Ending::Covered);
            }
        }
    }

    /// Reads a variable: any of the stores that the memory model allows.
    pub(crate) fn load(&mut self, object: Oid, ordering: Ordering) -> Found {
        let oldest = self.oldest(object, ordering);
        let newest = self.state.scene.variable(object).stores.len() - 1;
        let worthwhile: Vec<usize> =
            (oldest..=newest).rev().filter(|&index| !self.is_in_vain(object, index)).collect();
        let back = self.offer(object, &worthwhile);
        self.read(object, worthwhile.get(back).copied().unwrap_or(newest), ordering)
    }

    /// Whether reading this store would only end the run. Then the search is not asked for it: a
    /// long loop would ask at every look.
    fn is_in_vain(&self, object: Oid, index: usize) -> bool {
        let sighting = Sighting::Edit(self.state.scene.variable(object).stores[index].edit);
        self.state.scene.actors[self.me].watch.is_in_vain(self.place, object, sighting)
    }

    /// Asks which of these stores is read, by their places.
    fn offer(&mut self, object: Oid, stores: &[usize]) -> usize {
        if self.state.limits.keeps_log {
            self.state.scene.offered = stores.to_vec();
        }
        self.state.answer(Question::WhichStore(object), stores.len())
    }

    fn oldest(&mut self, object: Oid, ordering: Ordering) -> usize {
        let oldest = self.state.scene.look(self.me, object).oldest(ordering);
        let actor = &self.state.scene.actors[self.me];
        if !actor.awaits_news {
            return oldest;
        }
        // A thread that waited for news gets it: stores become visible in a finite time.
        let stores = &self.state.scene.variable(object).stores;
        let is_news = |index: &usize| {
            let sighting = Sighting::Edit(stores[*index].edit);
            !actor.watch.seen.contains(&(object, sighting))
        };
        (oldest..stores.len()).find(is_news).unwrap_or(stores.len() - 1)
    }

    fn read(&mut self, object: Oid, index: usize, ordering: Ordering) -> Found {
        self.state.scene.look(self.me, object).read(index, ordering);
        let variable = self.state.scene.variable(object);
        let (store, newest) = (&variable.stores[index], variable.newest());
        let is_newest = index + 1 == variable.stores.len();
        let newer = if is_newest { None } else { Some((newest.by, newest.value)) };
        let (found, edit) = (Found { value: store.value, newer }, store.edit);
        self.looked(Some((object, Sighting::Edit(edit))));
        found
    }

    pub(crate) fn store(&mut self, object: Oid, value: u64, ordering: Ordering) {
        self.state.scene.look(self.me, object).write(value, self.me, ordering, None);
        self.effect();
    }

    /// Reads the newest store and appends another, with nothing between the two.
    pub(crate) fn update(
        &mut self,
        object: Oid,
        ordering: Ordering,
        change: impl FnOnce(u64) -> u64,
    ) -> u64 {
        let index = self.state.scene.variable(object).stores.len() - 1;
        let old = self.state.scene.variable(object).stores[index].value;
        let new = change(old);
        let me = self.me;
        let mut look = self.state.scene.look(me, object);
        look.read(index, ordering);
        look.write(new, me, ordering, Some(index));
        if old == new {
            let edit = self.state.scene.variable(object).newest().edit;
            self.looked(Some((object, Sighting::Edit(edit))));
        } else {
            self.effect();
        }
        old
    }

    /// Exchanges `expected` for `new`, or finds another value: then it is a load, and may find an
    /// old one. `may_fail` adds the failures for nothing of the weak form.
    pub(crate) fn exchange(
        &mut self,
        object: Oid,
        (expected, new): (u64, u64),
        (success, failure): (Ordering, Ordering),
        may_fail: bool,
    ) -> Result<Found, (Found, bool)> {
        let oldest = self.oldest(object, failure);
        let stores = &self.state.scene.variable(object).stores;
        let newest = stores.len() - 1;
        let others: Vec<usize> = (oldest..=newest)
            .rev()
            .filter(|&index| stores[index].value != expected && !self.is_in_vain(object, index))
            .collect();
        let can_succeed = usize::from(stores[newest].value == expected);
        let expected_one = (can_succeed > 0).then_some(newest);
        let offered: Vec<usize> = expected_one.into_iter().chain(others.iter().copied()).collect();
        let back = self.offer(object, &offered);
        if back >= can_succeed {
            let found = others.get(back - can_succeed).copied().unwrap_or(newest);
            return Err((self.read(object, found, failure), false));
        }
        if may_fail && self.fails_for_nothing() {
            return Err((self.read(object, newest, failure), true));
        }
        let value = self.update(object, success, |_| new);
        Ok(Found { value, newer: None })
    }

    fn fails_for_nothing(&mut self) -> bool {
        let left = self.state.scene.actors[self.me].budget.weak_failures;
        if left == 0 || self.state.answer(Question::SucceedOrFail, 2) == 0 {
            return false;
        }
        self.state.scene.actors[self.me].budget.weak_failures = left - 1;
        true
    }

    pub(crate) fn fence(&mut self, ordering: Ordering) {
        let scene = &mut self.state.scene;
        fence(&mut scene.actors[self.me].sight, &mut scene.order, ordering);
        self.note(None, || Did::Fenced);
    }

    /// Becomes a holder of a lock: `by` is -1 for the only holder, 1 for one of many.
    pub(crate) fn take(&mut self, gate: Oid, by: i64) {
        self.shift(gate, by);
        let (me, place) = (self.me, self.place);
        let lock = self.state.scene.gate_mut(gate);
        lock.holders.push((me, place));
        let mut view = lock.view.clone();
        if by < 0 {
            view.join(&lock.view_of_sharers);
        }
        let edits = lock.edits;
        self.learn(&view);
        self.looked(Some((gate, Sighting::Edit(edits))));
        let hold = if by < 0 { Hold::Alone } else { Hold::Shared };
        self.note(Some(gate), || Did::Locked(hold));
    }

    /// Lets go of a lock. `edited` tells whether what it protects may have changed.
    pub(crate) fn let_go(&mut self, gate: Oid, by: i64, edited: bool) {
        self.shift(gate, by);
        let (me, knowledge) = (self.me, self.knowledge());
        let lock = self.state.scene.gate_mut(gate);
        lock.holders.retain(|(holder, _)| *holder != me);
        lock.edits += u64::from(edited);
        if by > 0 {
            lock.view.join(&knowledge);
        } else {
            lock.view_of_sharers.join(&knowledge);
        }
        if edited {
            self.effect();
        }
        let hold = if by > 0 { Hold::Alone } else { Hold::Shared };
        self.note(Some(gate), || Did::Unlocked { hold, edited });
    }

    /// Waits, from now on in everybody's sight, for its turn to write.
    pub(crate) fn get_in_line(&mut self, line: Oid, lock: Oid) {
        self.shift(line, 1);
        let (me, place) = (self.me, self.place);
        self.state.scene.gate_mut(line).holders.push((me, place));
        self.effect();
        self.note(Some(lock), || Did::Turned("finds readers inside and gets in line to write"));
    }

    /// It is its turn.
    pub(crate) fn leave_line(&mut self, line: Oid) {
        self.shift(line, -1);
        let me = self.me;
        self.state.scene.gate_mut(line).holders.retain(|(waiting, _)| *waiting != me);
    }

    /// Takes the only thread that tasks have.
    pub(crate) fn take_turn(&mut self, executor: Oid) {
        self.shift(executor, -1);
        let (me, place) = (self.me, self.place);
        let gate = self.state.scene.gate_mut(executor);
        gate.holders.push((me, place));
        let view = gate.view.clone();
        self.learn(&view);
    }

    /// Gives it back. All tasks run on one thread, so the next one knows what this one knew.
    pub(crate) fn give_turn(&mut self, executor: Oid) {
        self.shift(executor, 1);
        let (me, knowledge) = (self.me, self.knowledge());
        let gate = self.state.scene.gate_mut(executor);
        gate.holders.retain(|(holder, _)| *holder != me);
        gate.view.join(&knowledge);
    }

    /// Found a gate not as it was wanted.
    pub(crate) fn turned_away(&mut self, gate: Oid, did: Did) {
        let turns = self.state.scene.gate(gate).turns;
        self.looked(Some((gate, Sighting::Turn(turns))));
        self.note(Some(gate), || did);
    }

    /// Falls asleep on a condition variable, to take the mutex again when woken.
    pub(crate) fn fall_asleep(&mut self, condvar: Oid, mutex: Oid, has_time_limit: bool) {
        let me = self.me;
        self.state.scene.gate_mut(condvar).sleepers.push(me);
        let then = Op::when(Verb::Lock(mutex), mutex, Access::Write, Need::Exactly(0));
        self.state.scene.actors[me].asleep = Some(Asleep { has_time_limit, then });
    }

    /// Wakes one sleeper, or all of them.
    pub(crate) fn notify(&mut self, condvar: Oid, all: bool) {
        let (me, place) = (self.me, self.place);
        let asleep = self.state.scene.gate(condvar).sleepers.len();
        let woken: Vec<Tid> = if asleep == 0 {
            self.state.scene.gate_mut(condvar).unheard.push((me, place));
            Vec::new()
        } else if all {
            std::mem::take(&mut self.state.scene.gate_mut(condvar).sleepers)
        } else {
            let which = self.state.answer(Question::WhichSleeper(condvar), asleep);
            std::vec![self.state.scene.gate_mut(condvar).sleepers.remove(which)]
        };
        let clock = self.state.scene.actors[me].clock.clone();
        for &thread in &woken {
            let actor = &mut self.state.scene.actors[thread];
            let asleep = actor.asleep.take().expect("sleepers are asleep");
            actor.pending = asleep.then;
            // From here on everything it does comes after this notification.
            actor.clock.join(&clock);
        }
        if woken.is_empty() {
            self.looked(None);
        } else {
            self.effect();
        }
        self.note(Some(condvar), || Did::Notified(woken));
    }

    /// This thread has panicked, and its panic has come to the end of the thread.
    pub(crate) fn panicked(&mut self, panic: Panic) {
        self.state.note(self.me, panic.place, None, || Did::Panicked(panic.message.clone()));
        self.state.scene.actors[self.me].panicked = Some(panic);
        if self.me == 0 && self.state.limits.stops_at_panic {
            self.state.ending.get_or_insert(self.state.panicked(0));
        }
    }

    /// Takes a lock if it can be had at once.
    pub(crate) fn try_take(&mut self, gate: Oid, by: i64, need: Need) -> bool {
        let is_free = need.met(self.state.scene.gate(gate).level);
        if is_free {
            self.take(gate, by);
        } else {
            self.turned_away(gate, Did::Busy);
        }
        is_free
    }
}
