//! Stand-ins for [`std::thread`]: inside a run, each thread is a real thread of the
//! system with its own stack and thread-locals, which moves when the search says so.

mod builder;
mod handle;
mod park;
mod scope;

use std::thread as real;
use std::time::Duration;

pub use std::thread::{AccessError, LocalKey, Result, available_parallelism, panicking};

pub use self::builder::{Builder, spawn};
pub use self::handle::{JoinHandle, Thread, ThreadId, current};
pub use self::park::{park, park_timeout};
pub use self::scope::{Scope, ScopedJoinHandle, scope};

use crate::event::Did;
use crate::model::{Setting, setting};
use crate::op::{Op, Verb};
use crate::place::Place;

/// Lets the others go first.
#[track_caller]
pub fn yield_now() {
    give_way(real::yield_now);
}

/// Sleeps. Inside a run no time passes: for how long the others move meanwhile is up to the
/// search, as it is up to the system outside.
#[track_caller]
pub fn sleep(duration: Duration) {
    give_way(|| real::sleep(duration));
}

/// Sleeps until `deadline`; inside a run like [`sleep`].
#[track_caller]
pub(crate) fn give_way(outside: impl FnOnce()) {
    match setting() {
        Setting::Inside(here) => here.perform(
            Place::caller(),
            |_| Op::silent(Verb::Yield),
            |session| {
                session.looked(None);
                session.note(None, || Did::Yielded);
            },
        ),
        Setting::Outside => outside(),
        Setting::Unwinding => {}
    }
}
