//! Where a run stands after some choices, and what can be chosen next: for a person who plays the
//! scheduler, and for tools that let one.

use std::sync::PoisonError;

use crate::execute::Finished;
use crate::fault::{Fault, Recording, Waiting};
use crate::json::{self, list, maybe, object, place, text};
use crate::object::Kind;
use crate::op::{Oid, Verb};
use crate::place::Place;
use crate::player::{Choice, Seen, Snapshot, View};
use crate::record::{fault_of, recording_of};
use crate::run::Ending;
use crate::script::Script;
use crate::source::Sources;
use crate::strategy::Question;
use crate::stuck::wait_of;

/// A run that stands still at a choice, or has come to its end.
#[derive(Clone, Debug)]
pub struct Position {
    /// The choices made so far, for [`replay`](crate::replay). Those that make no difference have been made
    /// by themselves.
    pub schedule: String,
    /// What has happened.
    pub recording: Recording,
    /// Where each thread stands.
    pub threads: Vec<Standing>,
    /// Which threads hold which of [`Recording::objects`].
    pub holders: Vec<Vec<usize>>,
    /// What each of them holds, where that is known. What a lock holds is known once it was taken.
    pub values: Vec<Option<String>>,
    /// What can be chosen now; empty if the run has ended.
    pub ways: Vec<Way>,
    /// What was wrong with the run, if it has ended and something was.
    pub fault: Option<Fault>,
}

/// Where a thread stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The line of its next step.
    pub place: Place,
    /// Its next step in words, or what it waits for.
    pub words: String,
    /// Whether it can move.
    pub state: Footing,
}

/// Whether a thread can move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// It can.
    Ready,
    /// Something else has to happen first.
    Waits,
    /// It has come to its end.
    Ended,
}

/// One of the ways on.
#[derive(Clone, Debug)]
pub struct Way {
    /// The thread that moves.
    pub thread: usize,
    /// What happens, in words.
    pub words: String,
    /// The moves that lead there, for [`Explorer::position`](crate::Explorer::position).
    pub moves: String,
}

impl Position {
    pub(crate) fn of(mut finished: Finished, forced: usize, view: &View) -> Result<Self, String> {
        let snapshot = view.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(snapshot) = snapshot else { return Self::at_the_end(&finished) };
        // What was written down while the run was taken down is no part of it.
        finished.scene.log.truncate(snapshot.events);
        let pending = |seen: &Seen| Some((seen.object?, seen.place));
        let pending: Vec<_> = snapshot.threads.iter().filter_map(pending).collect();
        let recording = recording_of(&finished, &pending);
        let mut sources = Sources::default();
        let threads = (0..snapshot.threads.len())
            .map(|thread| standing(&snapshot, thread, &finished, &recording, &mut sources))
            .collect::<Vec<_>>();
        let ways = ways(&snapshot.choice, (&finished.path, forced), &recording, &threads);
        let schedule = Script::write(&finished.path);
        let values = values(&recording, snapshot.values);
        let holders = snapshot.holders;
        Ok(Position { schedule, recording, threads, holders, values, ways, fault: None })
    }

    fn at_the_end(finished: &Finished) -> Result<Self, String> {
        let fault = match finished.ending {
            Ending::Complete | Ending::Covered => None,
            Ending::Diverged => {
                return Err(
                    "this is no way to play here: the program has changed, or does not do \
                            the same twice. Begin again"
                        .to_owned(),
                );
            }
            _ => Some(fault_of(finished, 1)),
        };
        let recording =
            fault.as_ref().map_or_else(|| recording_of(finished, &[]), |it| it.recording.clone());
        let standing = |(thread, actor): (usize, &crate::actor::Actor)| {
            let wait = recording.waiting.iter().find(|wait| wait.thread == thread);
            Standing {
                place: wait.map_or(actor.place, |wait| wait.place),
                words: wait.map_or_else(|| "has ended".into(), |it| recording.wait_in_words(it)),
                state: if wait.is_some() { Footing::Waits } else { Footing::Ended },
            }
        };
        Ok(Position {
            schedule: Script::write(&finished.path),
            threads: finished.scene.actors.iter().enumerate().map(standing).collect(),
            holders: (0..recording.objects.len()).map(|at| finished.scene.holders(at)).collect(),
            values: values(
                &recording,
                (0..recording.objects.len()).map(|at| finished.scene.value(at)).collect(),
            ),
            recording,
            ways: std::vec![],
            fault,
        })
    }

    /// The position as one JSON object.
    pub fn to_json(&self) -> String {
        let mut sources = Sources::default();
        let threads = self.threads.iter().enumerate().map(|(number, standing)| {
            object(&[
                ("name", text(self.recording.thread(number))),
                ("place", place(standing.place)),
                ("source", text(&sources.line(standing.place))),
                ("words", text(&standing.words)),
                ("ready", (standing.state == Footing::Ready).to_string()),
                ("ended", (standing.state == Footing::Ended).to_string()),
            ])
        });
        let threads = list(threads);
        let objects = (0..self.recording.objects.len()).filter_map(|at| self.object_in_json(at));
        let ways = self.ways.iter().map(|way| {
            object(&[
                ("thread", way.thread.to_string()),
                ("words", text(&way.words)),
                ("moves", text(&way.moves)),
            ])
        });
        object(&[
            ("schedule", text(&self.schedule)),
            ("threads", threads),
            ("objects", list(objects)),
            ("ways", list(ways)),
            ("fault", maybe(self.fault.as_ref().map(Fault::to_json))),
            ("run", self.recording.to_json()),
        ])
    }

    /// What is known of a shared object; nothing of one that no line has used yet.
    fn object_in_json(&self, at: usize) -> Option<String> {
        let shared = &self.recording.objects[at];
        let name = Some(&shared.name).filter(|name| !name.is_empty())?;
        if shared.kind == Kind::Thread {
            return None;
        }
        let value = self.values[at].as_ref();
        let holders = self.holders[at].iter().map(ToString::to_string);
        Some(object(&[
            ("kind", text(json::kind(shared.kind))),
            ("name", text(name)),
            ("value", maybe(value.map(|value| text(value)))),
            ("holders", list(holders)),
        ]))
    }
}

/// The values of variables, and what the events tell of locks.
fn values(recording: &Recording, variables: Vec<Option<String>>) -> Vec<Option<String>> {
    let of_lock = |at: usize| {
        let mut events = recording.events.iter().rev().filter(|event| event.object == Some(at));
        events.find_map(|event| event.value.clone())
    };
    variables.into_iter().enumerate().map(|(at, value)| value.or_else(|| of_lock(at))).collect()
}

fn standing(
    snapshot: &Snapshot,
    thread: usize,
    finished: &Finished,
    recording: &Recording,
    sources: &mut Sources,
) -> Standing {
    let seen = &snapshot.threads[thread];
    let place = seen.place;
    if seen.finished {
        return Standing { place, words: "has ended".into(), state: Footing::Ended };
    }
    if seen.enabled {
        let words = step(seen, recording, sources);
        return Standing { place, words, state: Footing::Ready };
    }
    let wait = wait_of(&finished.scene, thread, seen.verb);
    let on = seen.object.map(|object: Oid| &snapshot.holders[object]);
    // The threads have been taken down since: only the snapshot knows who held what.
    let on = wait.on.into_iter().filter(|(holder, _)| on.is_none_or(|on| on.contains(holder)));
    let wait = Waiting { thread, place, wish: wait.wish, on: on.collect() };
    let words = match seen.looks {
        true => "has looked in vain, and looks again when something changes".into(),
        false => recording.wait_so_far(&wait),
    };
    Standing { place, words, state: Footing::Waits }
}

/// The next step of a thread, in words.
fn step(seen: &Seen, recording: &Recording, sources: &mut Sources) -> String {
    let name = recording.object(seen.object);
    match (seen.verb, sources.method(seen.place).as_str()) {
        (Verb::Begin, _) => "begins".into(),
        (Verb::End, _) => "ends".into(),
        (Verb::Yield, _) => "gives way".into(),
        (Verb::Unlock(_), _) => format!("unlocks {name}"),
        (Verb::Notify(_), "notify_all") => format!("wakes all who sleep on {name}"),
        (Verb::Notify(_), _) => format!("wakes one who sleeps on {name}"),
        (Verb::FallAsleep(_), _) => format!("falls asleep on {name}"),
        (Verb::Sleep(_), _) => format!("wakes by itself from {name}"),
        (Verb::Join(child), _) => format!("joins {}", recording.thread(child)),
        (Verb::Park, _) => "takes its token and goes on".into(),
        (Verb::Send(_), _) => format!("sends to {name}"),
        (Verb::Receive(_), _) => format!("receives from {name}"),
        (Verb::Gather(_), _) => format!("passes {name}"),
        (Verb::Lock(_), "read") => format!("locks {name} to read"),
        (Verb::Lock(_), "write") => format!("locks {name} to write"),
        (Verb::Lock(_), _) => format!("locks {name}"),
        (Verb::Poll(_), _) => "goes on, up to its next await".into(),
        (Verb::PollOrDrop(_), _) => "goes on, or is dropped".into(),
        (Verb::Suspend, _) => "comes to an await".into(),
        (Verb::Wake(_), _) => "wakes another task".into(),
        (Verb::Tick, _) => "lets time go on".into(),
        (Verb::Act, "load") => format!("reads {name}"),
        (Verb::Act, "store") => format!("writes {name}"),
        (Verb::Act, "try_lock" | "try_read" | "try_write") => format!("tries to lock {name}"),
        (Verb::Act, "fetch_add") => format!("adds to {name} in one step"),
        (Verb::Act, "fetch_sub") => format!("subtracts from {name} in one step"),
        (Verb::Act, "swap") => format!("swaps {name} in one step"),
        (Verb::Act, "compare_exchange" | "compare_exchange_weak") => {
            format!("exchanges {name} if it is as expected")
        }
        (Verb::Act, method) if name.is_empty() => method.replace('_', " "),
        (Verb::Act, method) => format!("{} on {name}", method.replace('_', " ")),
    }
}

fn ways(
    choice: &Choice,
    (path, forced): (&[usize], usize),
    recording: &Recording,
    threads: &[Standing],
) -> Vec<Way> {
    let then = |next: usize| Script::write(&[path, &[next]].concat());
    match choice {
        Choice::Only(thread) => std::vec![Way {
            thread: *thread,
            words: threads[*thread].words.clone(),
            moves: format!("{}+{}", Script::write(path), forced + 1),
        }],
        Choice::Thread(able) => able
            .iter()
            .map(|&thread| Way {
                thread,
                words: threads[thread].words.clone(),
                moves: then(thread),
            })
            .collect(),
        Choice::Answer { thread, question, values, sleepers, among } => (0..*among)
            .map(|answer| Way {
                thread: *thread,
                words: outcome(*question, answer, values, sleepers, recording),
                moves: then(answer),
            })
            .collect(),
    }
}

/// How a step may turn out.
fn outcome(
    question: Question,
    answer: usize,
    values: &[String],
    sleepers: &[usize],
    recording: &Recording,
) -> String {
    match question {
        Question::WhichStore(_) if answer == 0 => format!("reads the newest value, {}", values[0]),
        Question::WhichStore(_) => format!("reads an older value, {}", values[answer]),
        Question::WhichSleeper(_) => format!("wakes {}", recording.thread(sleepers[answer])),
        Question::SucceedOrFail if answer == 0 => "succeeds".into(),
        Question::SucceedOrFail => "fails for nothing, as the weak form may".into(),
        Question::WaitOrPressOn | Question::WaitOrLookOnce => "looks again".into(),
        Question::GoOnOrDrop if answer == 0 => "goes on, up to its next await".into(),
        Question::GoOnOrDrop => "is dropped here, for ever".into(),
    }
}
