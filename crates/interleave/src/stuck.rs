//! Finds out why nobody can move.

use crate::fault::{FaultKind, Waiting, Wish};
use crate::op::{Need, Oid, Tid, Verb};
use crate::scene::Scene;

/// Who waits for what.
pub(crate) fn waiting(scene: &Scene) -> Vec<Waiting> {
    let unfinished = (0..scene.actors.len()).filter(|&thread| !scene.actors[thread].finished);
    unfinished.map(|thread| wait_of(scene, thread, scene.actors[thread].pending.verb)).collect()
}

/// What a thread waits for that is about to do this.
pub(crate) fn wait_of(scene: &Scene, thread: Tid, verb: Verb) -> Waiting {
    let actor = &scene.actors[thread];
    let line = match verb {
        Verb::Lock(lock) => line_before(scene, thread, lock),
        _ => None,
    };
    let wish = match verb {
        Verb::Lock(lock) if line.is_some() => Wish::ReadAfter(lock),
        Verb::Lock(lock) => Wish::Lock(lock),
        Verb::Sleep(condvar) => {
            let unheard = scene.gate(condvar).unheard.len();
            Wish::Notification { condvar, unheard }
        }
        Verb::Join(child) => Wish::End(child),
        Verb::Park => Wish::Unpark,
        Verb::Send(channel) => Wish::Room(channel),
        Verb::Receive(channel) => Wish::Message(channel),
        Verb::Gather(barrier) => Wish::Company(barrier),
        Verb::Begin | Verb::End | Verb::Yield | Verb::Act => Wish::News,
        Verb::Poll(waker) if scene.gate(waker).level == 0 => Wish::Wake,
        Verb::Poll(_) | Verb::PollOrDrop(_) | Verb::Tick => Wish::Turn,
        // These never wait.
        Verb::Unlock(_) | Verb::Notify(_) | Verb::FallAsleep(_) => Wish::News,
        Verb::Suspend | Verb::Wake(_) => Wish::News,
    };
    let on = match wish {
        Wish::Lock(lock) => scene.gate(lock).holders.clone(),
        Wish::ReadAfter(_) => line.map_or_else(Vec::new, |line| scene.gate(line).holders.clone()),
        Wish::End(child) => vec![(child, scene.actors[child].place)],
        Wish::Turn => scene.executor_holders(),
        _ => vec![],
    };
    Waiting { thread, place: actor.place, wish, on }
}

/// The line of writers that keeps this reader out of a lock which it could otherwise enter.
fn line_before(scene: &Scene, thread: Tid, lock: Oid) -> Option<Oid> {
    let unmet = |&&(gate, need): &&(Oid, Need)| !need.met(scene.gate(gate).level);
    let mut unmet = scene.actors[thread].pending.needs.iter().filter(unmet);
    let (first, _) = unmet.next()?;
    (*first != lock && unmet.next().is_none()).then_some(*first)
}

/// Threads that wait for each other in a circle, each for the next.
pub(crate) fn circle(waiting: &[Waiting]) -> Option<Vec<Tid>> {
    let next = |thread: Tid| {
        let wait = waiting.iter().find(|wait| wait.thread == thread)?;
        wait.on.first().map(|(other, _)| *other)
    };
    for wait in waiting {
        let mut seen = vec![wait.thread];
        while let Some(other) = next(*seen.last().expect("it begins with one")) {
            if other == wait.thread {
                return Some(seen);
            }
            if seen.contains(&other) {
                break;
            }
            seen.push(other);
        }
    }
    None
}

/// What to call a run in which nobody can move.
pub(crate) fn kind(waiting: &[Waiting]) -> FaultKind {
    let asleep = |wait: &Waiting| matches!(wait.wish, Wish::Notification { .. } | Wish::Unpark);
    // Whoever could wake it waits for a lock that it keeps in its sleep.
    let kept = |wait: &Waiting| {
        let holder = wait.on.first().map(|(holder, _)| *holder);
        let sleeps = |other: &Waiting| Some(other.thread) == holder && asleep(other);
        matches!(wait.wish, Wish::Lock(_)) && waiting.iter().any(sleeps)
    };
    let unwoken = waiting.iter().filter(|wait| wait.wish == Wish::Wake).count();
    if circle(waiting).is_some() || unwoken > 1 || waiting.iter().any(kept) {
        FaultKind::Deadlock
    } else if waiting.iter().all(|wait| wait.thread != 0) {
        FaultKind::LeakedThread
    } else if waiting.iter().any(asleep) || unwoken == 1 {
        FaultKind::LostWakeUp
    } else {
        FaultKind::Deadlock
    }
}
