//! Writes a report as JSON, for tools.

use crate::event::{Did, Event, Hold, Why};
use crate::fault::{Fault, Recording, Waiting, Wish};
use crate::object::Kind;
use crate::place::Place;
use crate::report::Report;
use crate::source::Sources;

impl Report {
    /// The report as one JSON object: `runs`, `complete`, `covered`, and `fault`, which is an object as
    /// [`Fault::to_json`] writes it, or null.
    pub fn to_json(&self) -> String {
        let fault = self.fault.as_ref().map_or("null".to_owned(), Fault::to_json);
        object(&[
            ("runs", self.runs.to_string()),
            ("complete", self.complete.to_string()),
            ("covered", self.covered.to_string()),
            ("fault", fault),
        ])
    }
}

impl Fault {
    /// The fault as one JSON object. `name` and `headline` say what went wrong, `schedule` replays it, and
    /// `run` is an object as [`Recording::to_json`] writes it.
    pub fn to_json(&self) -> String {
        object(&[
            ("name", text(self.name())),
            ("headline", text(&self.headline())),
            ("message", text(&self.message)),
            ("thread", maybe(self.thread.map(|thread| thread.to_string()))),
            ("place", maybe(self.place.map(place))),
            ("schedule", text(&self.schedule)),
            ("interruptions", self.preemptions.to_string()),
            ("found_after", self.found_after.to_string()),
            ("run", self.recording.to_json()),
        ])
    }
}

impl Recording {
    /// The run as one JSON object: `threads` are names, `objects` have a `kind` and a `name`, `events` tell
    /// in order which thread did what, with the line and its text, and `waiting` who could not go on.
    /// Threads and objects are referred to by their place in these lists.
    pub fn to_json(&self) -> String {
        let mut sources = Sources::default();
        let objects = self.objects.iter().map(|shared| {
            object(&[("kind", text(kind(shared.kind))), ("name", text(&shared.name))])
        });
        let events = self.events.iter().filter_map(|event| {
            let words = self.words(event)?;
            Some(event_object(event, &words, &sources.line(event.place)))
        });
        let events = list(events);
        let waiting = self.waiting.iter().map(|wait| self.waiting_object(wait));
        object(&[
            ("threads", list(self.threads.iter().map(|name| text(name)))),
            ("objects", list(objects)),
            ("events", events),
            ("waiting", list(waiting)),
        ])
    }

    fn waiting_object(&self, wait: &Waiting) -> String {
        let on = wait.on.iter().map(|(thread, since)| {
            object(&[("thread", thread.to_string()), ("since", place(*since))])
        });
        object(&[
            ("thread", wait.thread.to_string()),
            ("place", place(wait.place)),
            ("for", text(wish(wait.wish))),
            ("object", maybe(wait.wish.object().map(|object| object.to_string()))),
            ("words", text(&self.wait_in_words(wait))),
            ("on", list(on)),
        ])
    }
}

fn event_object(event: &Event, words: &str, source: &str) -> String {
    object(&[
        ("thread", event.thread.to_string()),
        ("place", place(event.place)),
        ("source", text(source)),
        ("object", maybe(event.object.map(|object| object.to_string()))),
        ("did", text(did(&event.did))),
        ("words", text(words)),
        ("value", maybe(value(event).map(|value| text(&value)))),
    ])
}

/// What the object holds after the event, where that is known.
fn value(event: &Event) -> Option<String> {
    match &event.did {
        Did::Wrote(value) | Did::Updated { new: value, .. } => Some(value.clone()),
        Did::Read { value, newer: None } => Some(value.clone()),
        Did::Read { newer: Some((_, value)), .. } => Some(value.clone()),
        _ => event.value.clone(),
    }
}

fn did(did: &Did) -> &'static str {
    match did {
        Did::Spawned(_) => "spawn",
        Did::Ended => "end",
        Did::Read { newer: None, .. } => "read",
        Did::Read { newer: Some(_), .. } => "stale read",
        Did::Wrote(_) => "write",
        Did::Updated { .. } => "update",
        Did::Refused { .. } => "refused exchange",
        Did::Fenced => "fence",
        Did::Locked(Hold::Alone) => "lock",
        Did::Locked(Hold::Shared) => "lock shared",
        Did::Unlocked { .. } => "unlock",
        Did::Busy => "found taken",
        Did::Slept(_) => "sleep",
        Did::Woke(Why::TimedOut) => "time out",
        Did::Woke(Why::Spurious) => "spurious wake",
        Did::Notified(_) => "notify",
        Did::Joined(_) => "join",
        Did::Yielded => "yield",
        Did::Unparked(_) => "unpark",
        Did::Parked => "park",
        Did::Sent(_) => "send",
        Did::Received => "receive",
        Did::Turned(_) => "turned away",
        Did::Arrived(_) => "arrive",
        Did::Panicked(_) => "panic",
        Did::Stuck(_) => "stuck",
        Did::Polled => "poll",
        Did::Suspended => "suspend",
        Did::Awoke(_) => "wake a task",
        Did::Dropped => "drop",
        Did::Ticked => "time passes",
    }
}

fn wish(wish: Wish) -> &'static str {
    match wish {
        Wish::Lock(_) | Wish::ReadAfter(_) => "lock",
        Wish::Notification { .. } => "notification",
        Wish::End(_) => "end of a thread",
        Wish::Unpark => "unpark",
        Wish::Message(_) => "message",
        Wish::Room(_) => "room",
        Wish::Company(_) => "company",
        Wish::News => "news",
        Wish::Wake => "wake",
        Wish::Turn => "turn",
    }
}

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        // Tools want to tell it from a mutex; a person is content with "lock".
        Kind::RwLock => "rwlock",
        other => other.noun(),
    }
}

pub(crate) fn place(place: Place) -> String {
    object(&[
        ("file", text(place.file)),
        ("line", place.line.to_string()),
        ("column", place.column.to_string()),
    ])
}

/// An object, from names and values that are JSON already.
pub(crate) fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    format!("{{{}}}", fields.join(","))
}

pub(crate) fn list(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(","))
}

pub(crate) fn maybe(value: Option<String>) -> String {
    value.unwrap_or_else(|| "null".to_owned())
}

/// A string, quoted. Source: RFC 8259, section 7.
pub(crate) fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted += "\\n",
            control if control < ' ' => quoted += &format!("\\u{:04x}", u32::from(control)),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_backslashes_and_control_characters_are_escaped() {
        assert_eq!(text("a \"b\"\\\n\u{1}é"), r#""a \"b\"\\\n\u0001é""#);
    }
}
