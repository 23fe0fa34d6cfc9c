//! Runs a small concurrent program under every schedule, and shows the one that breaks it.

pub use ::std::*;

mod actor;
mod bounded;
mod clock;
mod event;
mod execute;
mod explore;
mod fault;
pub mod hint;
mod lanes;
mod memory;
mod model;
mod object;
mod op;
mod panics;
mod pattern;
mod place;
mod race;
mod record;
mod reduced;
mod report;
mod run;
mod scene;
mod script;
mod session;
mod set;
mod source;
mod statics;
mod strategy;
mod stuck;
pub mod sync;
mod tag;
pub mod thread;
mod watch;
mod words;

pub use crate::event::{Did, Event, Hold, Why};
pub use crate::explore::Explorer;
#[doc(hidden)]
pub use crate::explore::{Flaw, Search};
pub use crate::fault::{Fault, FaultKind, Recording, Shared, Waiting, Wish};
pub use crate::object::Kind;
pub use crate::place::Place;
pub use crate::report::Report;


/// Explores every run of `body`.
///
/// # Panics
/// If a run fails. The message shows the clearest such run.
#[track_caller]
pub fn check(body: impl Fn() + Send + Sync + 'static) -> Report {
    let report = Explorer::new().explore(body);
    if let Some(fault) = &report.fault {
        panic!("a schedule breaks this program\n\n{fault}");
    }
    std::println!("{report}");
    report
}

/// Makes one run of `body` again: the one whose schedule a report has printed.
///
/// # Panics
/// If the run fails, as it did before.
#[track_caller]
pub fn replay(schedule: &str, body: impl Fn() + Send + Sync + 'static) {
    if let Some(fault) = Explorer::new().replay(schedule, body) {
        panic!("a schedule breaks this program\n\n{fault}");
    }
}
