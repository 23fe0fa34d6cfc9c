//! Turns a finished run into plain data.

use crate::actor::Panic;
use crate::event::Did;
use crate::execute::Finished;
use crate::fault::{Fault, FaultKind, Recording, Shared};
use crate::place::Place;
use crate::run::Ending;
use crate::script::Script;
use crate::source::{Sources, names};
use crate::stuck;

/// What a panic of this crate begins with: the program asks for what a run cannot give it.
const OURS: &str = "interleave: ";

/// What is wrong with a run that did not end well.
pub(crate) fn fault_of(finished: &Finished, found_after: u64) -> Fault {
    let recording = recording_of(finished, &[]);
    let (kind, message, thread, place) = diagnose(finished, &recording);
    Fault {
        kind,
        message,
        thread,
        place,
        recording,
        schedule: Script::write(&finished.path),
        preemptions: finished.preemptions,
        found_after,
    }
}

/// The run as plain data. `pending` are uses of objects that are about to happen: they name them too.
pub(crate) fn recording_of(finished: &Finished, pending: &[(usize, Place)]) -> Recording {
    let scene = &finished.scene;
    let waiting = match &finished.ending {
        Ending::Stuck(waiting) => waiting.clone(),
        _ => Vec::new(),
    };
    let done = scene.log.iter().filter_map(|event| Some((event.object?, event.place)));
    let wished = waiting.iter().filter_map(|wait| Some((wait.wish.object()?, wait.place)));
    let uses: Vec<_> = done.chain(wished).chain(pending.iter().copied()).collect();
    let kinds: Vec<_> = scene.objects.iter().map(|object| object.kind).collect();
    let names = names(&mut Sources::default(), &uses, &kinds);
    Recording {
        threads: scene.actors.iter().map(|actor| actor.name.clone()).collect(),
        objects: kinds.into_iter().zip(names).map(|(kind, name)| Shared { kind, name }).collect(),
        events: scene.log.clone(),
        waiting,
    }
}

fn diagnose(
    finished: &Finished,
    recording: &Recording,
) -> (FaultKind, String, Option<usize>, Option<Place>) {
    let name = |thread: usize| &recording.threads[thread];
    match &finished.ending {
        Ending::Panicked { thread, panic } => {
            let (thread, panic) = first_cause(recording, *thread, panic);
            match panic.message.strip_prefix(OURS) {
                Some(ours) => {
                    (FaultKind::NotModelled, ours.to_owned(), Some(thread), Some(panic.place))
                }
                None => (FaultKind::Panic, panic.message, Some(thread), Some(panic.place)),
            }
        }
        Ending::Stuck(waiting) => {
            let kind = stuck::kind(waiting);
            (kind, String::new(), None, None)
        }
        Ending::Endless { spinning: Some(thread) } => {
            let place = finished.scene.actors[*thread].place;
            let text =
                format!("{} looks again and again, and nothing will ever change", name(*thread));
            (FaultKind::Livelock, text, Some(*thread), Some(place))
        }
        Ending::Endless { spinning: None } => {
            let steps = finished.scene.trace.len();
            // Whoever has set so small a bound knows what it is for.
            let is_plenty = steps >= 1_000;
            let way_out = if is_plenty {
                "; for a program that is only long: `Explorer::max_steps`"
            } else {
                ""
            };
            let text = format!("no end after {steps} steps{way_out}");
            (FaultKind::Livelock, text, None, None)
        }
        Ending::Diverged | Ending::Complete | Ending::Covered => {
            let text = "made again with the same choices, the program did something else: it \
                        depends on the time, on chance, or on what an earlier run left behind";
            (FaultKind::Unrepeatable, text.to_owned(), None, None)
        }
    }
}

/// Who joins a thread that has panicked, or takes a lock that it has poisoned, panics in turn:
/// then the first panic of the run is the one to show.
fn first_cause(recording: &Recording, thread: usize, panic: &Panic) -> (usize, Panic) {
    let follows = ["Any { .. }", "PoisonError", "a scoped thread panicked"];
    let first = recording.events.iter().find_map(|event| match &event.did {
        Did::Panicked(message) => {
            Some((event.thread, Panic { message: message.clone(), place: event.place }))
        }
        _ => None,
    });
    match first {
        Some(first) if follows.iter().any(|sign| panic.message.contains(sign)) => first,
        _ => (thread, panic.clone()),
    }
}
