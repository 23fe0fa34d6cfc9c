//! Draws a failing run as lanes.

use std::fmt;

use crate::fault::Fault;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?}: {}", self.kind, self.message)?;
        for event in &self.recording.events {
            writeln!(f, "  {} {} {:?} {:?}", event.thread, event.place, event.object, event.did)?;
        }
        for wait in &self.recording.waiting {
            writeln!(f, "  {wait:?}")?;
        }
        writeln!(f, "replay: {}", self.schedule)
    }
}
