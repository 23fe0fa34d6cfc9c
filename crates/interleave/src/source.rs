//! Reads the program under test, to show its lines and to call things by their names.


use crate::event::Event;
use crate::object::Kind;

/// What the program calls each object.
pub(crate) fn names(events: &[Event], kinds: impl Iterator<Item = Kind>) -> Vec<String> {
    let _ = events;
    kinds.enumerate().map(|(number, kind)| format!("{kind:?} {number}").to_lowercase()).collect()
}
