//! Says in words what a thread did.

use crate::event::{Did, Event, Hold, Why};
use crate::fault::{Recording, Waiting, Wish};
use crate::object::Kind;
use crate::stuck::circle;

impl Recording {
    /// The name of a thread.
    pub(crate) fn thread(&self, number: usize) -> &str {
        self.threads.get(number).map_or("?", |name| name)
    }

    /// The name of an object.
    pub(crate) fn object(&self, number: Option<usize>) -> &str {
        number.and_then(|number| self.objects.get(number)).map_or("", |object| &object.name)
    }

    fn all(&self, threads: &[usize]) -> String {
        let names: Vec<&str> = threads.iter().map(|&thread| self.thread(thread)).collect();
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} and {last}", others.join(", "))
            }
            _ => names.concat(),
        }
    }

    /// What an event was; `None` if it is not worth a line.
    pub(crate) fn words(&self, event: &Event) -> Option<String> {
        let name = self.object(event.object);
        Some(match &event.did {
            // Who exists is told by the lanes.
            Did::Spawned(_) | Did::Ended | Did::Joined(_) | Did::Fenced => return None,
            Did::Read { value, newer: None } => format!("reads {value}"),
            Did::Read { value, newer: Some((by, newer)) } => {
                format!("reads {value}: STALE, {} has written {newer}", self.thread(*by))
            }
            Did::Wrote(value) => format!("writes {value}"),
            Did::Updated { old, new, .. } => format!("{old} becomes {new} in one step"),
            Did::Refused { found, spurious: false } => format!("finds {found}, changes nothing"),
            Did::Refused { found, spurious: true } => format!("fails for nothing: it is {found}"),
            Did::Locked(hold) => format!(
                "locks {name}{}{}",
                self.purpose(event.object, *hold),
                held(", finds", event)
            ),
            Did::Unlocked { edited: true, .. } => {
                format!("unlocks {name}{}", held(", leaves", event))
            }
            Did::Unlocked { .. } => format!("unlocks {name}"),
            Did::Busy => format!("finds {name} taken"),
            Did::Slept(mutex) => {
                format!("unlocks {} and sleeps on {name}", self.object(Some(*mutex)))
            }
            Did::Woke(Why::TimedOut) => "wakes: its time is up".to_owned(),
            Did::Woke(Why::Spurious) => "wakes for nothing".to_owned(),
            Did::Notified(woken) if woken.is_empty() => {
                format!("notifies {name}: nobody is asleep there")
            }
            Did::Notified(woken) => format!("notifies {name}: wakes {}", self.all(woken)),
            Did::Yielded => "gives way".to_owned(),
            Did::Unparked(thread) => format!("unparks {}", self.thread(*thread)),
            Did::Parked => "is unparked".to_owned(),
            Did::Sent(count) => format!("sends; {count} in the channel"),
            Did::Received => "receives".to_owned(),
            Did::Turned(text) => (*text).to_owned(),
            Did::Arrived(true) => format!("arrives at {name} and opens it"),
            Did::Arrived(false) => format!("arrives at {name}"),
            Did::Panicked(message) => format!("PANICS: {}", gist(message)),
            Did::Stuck(text) => text.clone(),
            Did::Polled => return None,
            Did::Suspended => "is not ready: the others may run".to_owned(),
            Did::Awoke(task) => format!("wakes {}", self.thread(*task)),
            Did::Dropped => "is dropped here, for ever".to_owned(),
            Did::Ticked => "nobody can move: time goes on".to_owned(),
        })
    }

    fn purpose(&self, object: Option<usize>, hold: Hold) -> &'static str {
        let kind = object.and_then(|object| self.objects.get(object)).map(|object| object.kind);
        match (kind, hold) {
            (Some(Kind::RwLock), Hold::Alone) => " to write",
            (Some(Kind::RwLock), Hold::Shared) => " to read",
            _ => "",
        }
    }

    /// The threads that wait, without those that only wait for the end of one of them: what keeps that one
    /// keeps them as well.
    pub(crate) fn waiting_for_more_than_an_end(&self) -> impl Iterator<Item = &Waiting> {
        let circle = circle(&self.waiting).unwrap_or_default();
        let is_stuck = |thread| self.waiting.iter().any(|wait| wait.thread == thread);
        self.waiting.iter().filter(move |wait| match wait.wish {
            Wish::End(child) => circle.contains(&wait.thread) || !is_stuck(child),
            _ => true,
        })
    }

    /// What a thread waits for while others can still move.
    pub(crate) fn wait_so_far(&self, wait: &Waiting) -> String {
        match wait.wish {
            Wish::Notification { condvar, .. } => {
                format!("sleeps on {}", self.object(Some(condvar)))
            }
            Wish::Unpark => "is parked".to_owned(),
            Wish::Wake => "waits to be woken".to_owned(),
            Wish::Message(channel) => {
                format!("waits for a message from {}", self.object(Some(channel)))
            }
            _ => self.wait_in_words(wait),
        }
    }

    /// What a thread waits for that will never come, beginning with "waits".
    pub(crate) fn wait_in_words(&self, wait: &Waiting) -> String {
        let holder = wait.on.first();
        match wait.wish {
            Wish::Lock(lock) => {
                let name = self.object(Some(lock));
                match holder {
                    Some((thread, place)) if *thread == wait.thread => {
                        format!(
                            "waits for {name}, which it has held itself since line {}",
                            place.line
                        )
                    }
                    Some((thread, place)) => {
                        let holder = self.thread(*thread);
                        format!("waits for {name}, held by {holder} since line {}", place.line)
                    }
                    None => format!("waits for {name}"),
                }
            }
            Wish::ReadAfter(lock) => {
                let name = self.object(Some(lock));
                let behind = holder.map_or_else(String::new, |(thread, place)| {
                    format!(
                        ", behind {}, in line to write since line {}",
                        self.thread(*thread),
                        place.line
                    )
                });
                format!("waits to read {name}{behind}")
            }
            Wish::Notification { condvar, .. } => {
                let name = self.object(Some(condvar));
                format!("sleeps on {name}, and nobody is left to notify it")
            }
            Wish::End(thread) => format!("waits for {} to end", self.thread(thread)),
            Wish::Unpark => "is parked, and nobody is left to unpark it".to_owned(),
            Wish::Message(channel) => {
                let name = self.object(Some(channel));
                format!("waits for a message from {name}, and a sender is still alive")
            }
            Wish::Room(channel) => format!("waits for room in {}", self.object(Some(channel))),
            Wish::Company(barrier) => {
                format!("waits at {} for others to arrive", self.object(Some(barrier)))
            }
            Wish::News => "looks again and again".to_owned(),
            Wish::Wake => "waits to be woken, and nobody is left to wake it".to_owned(),
            Wish::Turn => match holder {
                Some((task, place)) => format!(
                    "waits for the only thread, which {} keeps in line {}",
                    self.thread(*task),
                    place.line
                ),
                None => "waits for the only thread".to_owned(),
            },
        }
    }
}

/// The first line of a message, and of a failed assertion only what its author had to say.
fn gist(message: &str) -> String {
    let mut lines = message.lines().map(str::trim);
    let line = lines.next().unwrap_or("");
    if let Some((_, own)) = line.split_once(" failed: ").filter(|_| line.starts_with("assertion")) {
        return own.to_owned();
    }
    let mut side = |name| lines.next().and_then(|line| line.strip_prefix(name));
    match (side("left: "), side("right: ")) {
        (Some(left), Some(right)) => format!("left is {left}, right is {right}"),
        _ => line.to_owned(),
    }
}

/// What a lock holds, where that can be shown.
fn held(verb: &str, event: &Event) -> String {
    event.value.as_ref().map(|value| format!("{verb} {value}")).unwrap_or_default()
}
