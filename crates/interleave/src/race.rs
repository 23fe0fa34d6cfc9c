//! Races: pairs of steps that could have happened the other way round.
//!
//! Source: Abdulla, Aronis, Jonsson, Sagonas, *Source sets: a foundation for optimal dynamic
//! partial order reduction* (JACM 2017). There, a race is a step that conflicts with an earlier
//! one of another thread with nothing in between that orders them. Operations that have to wait,
//! such as taking a lock, need more: the release before a lock conflicts with it, but cannot come
//! after it. Such pairs are passed over, and the search goes on to what closed the gate.

use crate::explore::Flaw;
use crate::op::{Footprint, Tid, conflict};
use crate::scene::Scene;
use crate::set::ThreadSet;

/// The steps of the trace that race with the pending operation of `thread`, latest first.
pub(crate) fn races(scene: &Scene, thread: Tid, footprint: &Footprint) -> Vec<usize> {
    let past = &scene.actors[thread].clock;
    let mut found: Vec<usize> = vec![];
    for step in conflicting(scene, footprint) {
        let is_settled = scene.trace[step].thread == thread
            || scene.trace[step].is_idle
            || scene.is_known(step, past)
            || found.iter().any(|&later| scene.comes_before(step, later));
        let is_taken_for_a_race = scene.flaw == Some(Flaw::TurnRoundReleases);
        if !is_settled && (is_taken_for_a_race || could_come_before(scene, thread, step)) {
            found.push(step);
        }
    }
    found
}

/// All steps that conflict with the footprint, latest first.
fn conflicting(scene: &Scene, footprint: &Footprint) -> Vec<usize> {
    let histories = footprint.iter().map(|&(object, _)| &scene.objects[object].history);
    let mut steps: Vec<usize> = histories.flatten().copied().collect();
    steps.sort_unstable_by(|a, b| b.cmp(a));
    steps.dedup();
    steps.retain(|&step| conflict(&scene.trace[step].footprint, footprint));
    steps
}

/// Whether the thread's pending operation could go ahead if `step`, and everything that comes after
/// it, had not happened.
fn could_come_before(scene: &Scene, thread: Tid, step: usize) -> bool {
    let actor = &scene.actors[thread];
    let is_undone = |other: usize| other == step || scene.comes_before(step, other);
    let gates_are_open = actor.pending.needs.iter().all(|&(object, need)| {
        let undone = scene.objects[object].history.iter().filter(|&&other| is_undone(other));
        let moves = undone.flat_map(|&other| &scene.trace[other].moves);
        let moved: i64 = moves.filter(|(moved, _)| *moved == object).map(|(_, by)| by).sum();
        need.met(scene.gate(object).level - moved)
    });
    let has_news = || {
        let seen = actor.watch.seen.iter();
        seen.flat_map(|&(object, _)| &scene.objects[object].history).any(|&other| {
            scene.trace[other].thread != thread
                && !scene.is_known(other, &actor.clock)
                && !is_undone(other)
        })
    };
    gates_are_open && (!actor.awaits_news || has_news())
}

/// The threads that could make the first move on a way to doing the pending operation of `thread`
/// before `step` instead of after it, keeping everything else that does not depend on `step`.
pub(crate) fn initials(
    scene: &Scene,
    step: usize,
    thread: Tid,
    footprint: &Footprint,
) -> ThreadSet {
    let rest: Vec<usize> =
        (step + 1..scene.trace.len()).filter(|&later| !scene.comes_before(step, later)).collect();
    let mut initials = ThreadSet::EMPTY;
    for (count, &later) in rest.iter().enumerate() {
        if !rest[..count].iter().any(|&earlier| scene.comes_before(earlier, later)) {
            initials.insert(scene.trace[later].thread);
        }
    }
    let past = &scene.actors[thread].clock;
    let must_wait = rest.iter().any(|&other| {
        scene.trace[other].thread == thread
            || scene.is_known(other, past)
            || conflict(&scene.trace[other].footprint, footprint)
    });
    if !must_wait {
        initials.insert(thread);
    }
    initials
}
