//! Recognises the well-known ways in which threads get in each other's way.

use crate::event::{Did, Event};
use crate::fault::{FaultKind, Recording, Wish};
use crate::place::Place;
use crate::source::Sources;
use crate::stuck::circle;

/// The name of what went wrong, and a sentence that tells it.
///
/// `at` is the line that failed, where there is one.
pub(crate) fn name(
    kind: FaultKind,
    message: &str,
    at: Option<Place>,
    run: &Recording,
) -> (&'static str, String) {
    match kind {
        FaultKind::Panic => stale_read(run)
            .or_else(|| lost_update(run))
            .or_else(|| check_then_act(run))
            .or_else(|| check_then_update(run))
            .unwrap_or_else(|| panic(message, at)),
        FaultKind::Deadlock => ("deadlock", deadlock(run)),
        FaultKind::LostWakeUp => ("lost wake-up", lost_wake_up(run)),
        FaultKind::Livelock => ("livelock", message.to_owned()),
        FaultKind::LeakedThread => {
            ("leaked thread", "main has ended, and a thread is left that never can".to_owned())
        }
        FaultKind::Unrepeatable => ("not repeatable", message.to_owned()),
        FaultKind::NotModelled => ("not modelled", message.to_owned()),
    }
}

/// A failed assertion with its author's own words looks like any panic, but for the line it stands in.
fn panic(message: &str, at: Option<Place>) -> (&'static str, String) {
    let is_asserted = || at.is_some_and(|place| Sources::default().line(place).contains("assert"));
    if message.starts_with("assertion") || is_asserted() {
        ("broken invariant", "what must hold in every run does not hold in this one".to_owned())
    } else {
        ("panic", "a thread panics in this run".to_owned())
    }
}

/// Somebody read an old value.
fn stale_read(run: &Recording) -> Option<(&'static str, String)> {
    run.events.iter().rev().find_map(|event| match &event.did {
        Did::Read { value, newer: Some((by, newer)) } => {
            let (reader, writer) = (run.thread(event.thread), run.thread(*by));
            let name = run.object(event.object);
            let text = format!(
                "{reader} reads {value} from {name} although {writer} has written {newer}: \
                 nothing has made that write visible to it"
            );
            Some(("stale read", text))
        }
        _ => None,
    })
}

/// Somebody wrote what it had computed from a value that was no longer there.
fn lost_update(run: &Recording) -> Option<(&'static str, String)> {
    for (late, write) in run.events.iter().enumerate() {
        let own = |event: &&Event| event.thread == write.thread && event.object == write.object;
        let Did::Wrote(_) = write.did else { continue };
        let earlier = &run.events[..late];
        let Some(read) = earlier.iter().rposition(|event| own(&event)) else { continue };
        if !matches!(earlier[read].did, Did::Read { .. }) {
            continue;
        }
        let changed = earlier[read..].iter().find(|event| {
            event.object == write.object && matches!(event.did, Did::Wrote(_) | Did::Updated { .. })
        });
        if let Some(change) = changed {
            let text = format!(
                "{} writes to {} what it has computed from an old value: what {} wrote in \
                 between is lost",
                run.thread(write.thread),
                run.object(write.object),
                run.thread(change.thread)
            );
            return Some(("lost update", text));
        }
    }
    None
}

/// Somebody looked under a lock, let go, and changed what it protects after another had.
fn check_then_act(run: &Recording) -> Option<(&'static str, String)> {
    let section = |event: &Event| match event.did {
        Did::Unlocked { edited, .. } => Some((event.thread, event.object, edited)),
        _ => None,
    };
    let sections: Vec<_> = run.events.iter().filter_map(section).collect();
    for (late, &(thread, object, edited)) in sections.iter().enumerate() {
        let earlier = &sections[..late];
        let own = |(by, on, _): &(usize, Option<usize>, bool)| *by == thread && *on == object;
        let Some(check) = earlier.iter().rposition(own).filter(|_| edited) else { continue };
        let other = earlier[check + 1..].iter().find(|(_, on, edited)| *on == object && *edited);
        if let (false, Some((other, ..))) = (earlier[check].2, other) {
            let (thread, other) = (run.thread(thread), run.thread(*other));
            let text = format!(
                "{thread} looks under {}, lets go, and acts on what it saw after {other} has \
                 changed it",
                run.object(object),
            );
            return Some(("check-then-act", text));
        }
    }
    None
}

/// Somebody looked at a variable, and changed it in one step after another had changed it.
fn check_then_update(run: &Recording) -> Option<(&'static str, String)> {
    let is_change = |did: &Did| matches!(did, Did::Wrote(_) | Did::Updated { .. });
    for (late, act) in run.events.iter().enumerate() {
        if !matches!(act.did, Did::Updated { .. }) {
            continue;
        }
        let earlier = &run.events[..late];
        let own = |event: &Event| event.thread == act.thread && event.object == act.object;
        let Some(check) = earlier.iter().rposition(own) else { continue };
        let is_check = matches!(earlier[check].did, Did::Read { .. });
        let change = earlier[check..]
            .iter()
            .find(|event| is_check && event.object == act.object && is_change(&event.did));
        if let Some(change) = change {
            let text = format!(
                "{} looks at {}, and acts on what it saw after {} has changed it",
                run.thread(act.thread),
                run.object(act.object),
                run.thread(change.thread)
            );
            return Some(("check-then-act", text));
        }
    }
    None
}

fn deadlock(run: &Recording) -> String {
    match circle(&run.waiting) {
        Some(threads) if threads.len() == 1 => {
            format!("{} waits for itself", run.thread(threads[0]))
        }
        Some(threads) => {
            let mut text = format!("{} waits for ", run.thread(threads[0]));
            for &thread in &threads[1..] {
                text += &format!("{}, which waits for ", run.thread(thread));
            }
            text + run.thread(threads[0])
        }
        None if kept_asleep(run).is_some() => kept_asleep(run).unwrap_or_default(),
        None if run.waiting.iter().any(|wait| wait.wish == Wish::Wake) => {
            "tasks wait to be woken, and nobody is left to wake them".to_owned()
        }
        None => "every thread waits for something that cannot come".to_owned(),
    }
}

/// Somebody sleeps with a lock in hand, and whoever wants the lock cannot go on.
fn kept_asleep(run: &Recording) -> Option<String> {
    let is_asleep =
        |wish: Wish| matches!(wish, Wish::Notification { .. } | Wish::Unpark | Wish::End(_));
    run.waiting.iter().find_map(|wait| {
        let Wish::Lock(lock) = wait.wish else { return None };
        let (holder, _) = wait.on.first()?;
        let sleeper = run.waiting.iter().find(|other| other.thread == *holder)?;
        is_asleep(sleeper.wish).then(|| {
            format!(
                "{} waits for {}, which {} keeps while it sleeps",
                run.thread(wait.thread),
                run.object(Some(lock)),
                run.thread(*holder)
            )
        })
    })
}

fn lost_wake_up(run: &Recording) -> String {
    let sleeper = run.waiting.iter().find_map(|wait| match wait.wish {
        Wish::Notification { condvar, unheard } => Some((wait.thread, condvar, unheard)),
        _ => None,
    });
    match sleeper {
        Some((thread, condvar, 1..)) => {
            let (name, condvar) = (run.thread(thread), run.object(Some(condvar)));
            format!("{name} sleeps on {condvar}, and the notification came when nobody was asleep")
        }
        Some((thread, condvar, 0)) if !was_notified(run, condvar) => {
            let (name, condvar) = (run.thread(thread), run.object(Some(condvar)));
            format!("{name} sleeps on {condvar}, and nobody has ever notified it")
        }
        Some((thread, condvar, 0)) => {
            let (name, condvar) = (run.thread(thread), run.object(Some(condvar)));
            format!(
                "{name} sleeps on {condvar}, and the notifications went to others, or to nobody"
            )
        }
        None if run.waiting.iter().any(|wait| wait.wish == Wish::Wake) => {
            "a task waits to be woken, and nobody is left to wake it".to_owned()
        }
        None => "a thread is parked, and nobody is left to unpark it".to_owned(),
    }
}

fn was_notified(run: &Recording, condvar: usize) -> bool {
    let mut of_condvar = run.events.iter().filter(|event| event.object == Some(condvar));
    of_condvar.any(|event| matches!(event.did, Did::Notified(_)))
}
