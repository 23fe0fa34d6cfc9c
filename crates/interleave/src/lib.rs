//! Runs a small concurrent program under every schedule, and shows the one that breaks it.
//!
//! ```should_panic
//! use interleave::sync::atomic::{AtomicUsize, Ordering::SeqCst};
//! use interleave::{check, thread};
//!
//! check(|| {
//!     let orders = AtomicUsize::new(0);
//!     thread::scope(|kitchen| {
//!         for _ in 0..2 {
//!             kitchen.spawn(|| {
//!                 let seen = orders.load(SeqCst);
//!                 orders.store(seen + 1, SeqCst); // the other cook may have been here meanwhile
//!             });
//!         }
//!     });
//!     assert_eq!(orders.load(SeqCst), 2);
//! });
//! ```
//!
//! The panic shows the run that loses an order, step by step, with the fewest interruptions, and a
//! line that makes the same run again. When nothing can go wrong, [`check`] says how many runs it
//! took: "90 interleavings, that is all of them".
//!
//! # Under an untouched file
//!
//! One line puts the types of this crate under a program that was written for the standard
//! library. The crate re-exports all of `std`, with [`sync`], [`thread`] and [`hint`] replaced:
//!
//! ```ignore
//! extern crate interleave as std;
//!
//! #[path = "../src/kitchen.rs"]
//! mod kitchen; // use std::sync::Mutex; use std::thread; …
//!
//! #[test]
//! fn no_order_gets_lost() {
//!     std::check(|| assert_eq!(kitchen::serve(), 2));
//! }
//! ```
//!
//! A file that says `core::sync::atomic` takes a second line, `extern crate interleave as core;`.
//!
//! Outside of [`check`] the types behave as the real ones. What is not modelled is not there, so
//! that a program using it does not compile instead of being explored without it:
//!
//! ```compile_fail
//! use interleave::sync::Exclusive; // and whatever else is not named in `interleave::sync`
//! ```
//!
//! # What is explored
//!
//! * The order of all operations on mutexes, read-write locks, condition variables, barriers,
//!   channels, atomics, `Once` and its relatives, of parking, joining and ending. Whatever happens
//!   between two of them happens at once, as nobody could notice the difference.
//! * For every atomic load, all values that the orderings allow: [C++20's memory model][model], as
//!   Rust has it, with fences and release sequences.
//! * Which sleeper `notify_one` wakes; whether a time limit runs out before something else happens,
//!   once per thread; whether a weak compare-and-exchange fails for nothing, once per thread; and if
//!   asked for with [`Explorer::spurious_wakes`], sleepers that wake for nothing.
//! * Loops that wait by looking again and again: after three looks that showed nothing new, the
//!   next is worth a run only when something has changed, or when the loop gives up, which it must do
//!   within a hundred looks. Where a loop gives up, news may come at each of its looks.
//!
//! * For [`tasks`], the order in which those that are ready are polled; and where a task may be cancelled,
//!   at which of its awaits.
//!
//! Runs that cannot be told apart are made once (but for loops that give up): source-DPOR with sleep
//! sets, so the numbers can be worked out on paper. Statics that hold atomics, `Once`, `OnceLock` or
//! `LazyLock` start every run as they were written, and on Linux those that hold a `Mutex` do; a static
//! `RwLock` keeps its value. Thread-locals are fresh in every thread of every run.
//!
//! # What is not
//!
//! * A load never reads what is stored later in the run ("load buffering"), and the stores to one
//!   variable are ordered as they are made ("2+2W"): C++20 allows more in both cases.
//! * The one order of all `SeqCst` operations is the order in which the run makes them. C++20 lets a weaker
//!   store overtake a `SeqCst` store before it, so who sees the one need not see the other; here they do.
//! * Data races through `unsafe` code are not looked for.
//! * `Arc` is the real one: counting references is not a step, so mistakes that depend on who drops the
//!   last one are not found. Time is real too: a program that
//!   branches on `Instant::now` cannot be explored, and is reported as not repeatable, at best.
//! * The destructors of thread-locals run when their thread has ended as far as the run is
//!   concerned: what they do is none of its steps.
//! * `RwLock::try_read` gets in past writers in line. The real one may refuse; `read` waits for them here, too.
//! * A sleep with a time limit ends early for no other reason than the limit, `park` does not end for
//!   nothing, and when time limits are all that is left they run out in one order.
//! * From hand to hand (`sync_channel(0)`), `try_send` finds who waits in `recv`, not in `recv_timeout`.
//! * Whether a lock is poisoned is asked without a step. A change of what a lock holds that borrows
//!   nothing mutably, such as in a `Cell`, is no news for a loop that looks.
//! * Threads that were not started through this crate do not belong to the run.
//!
//! # Played, and read by tools
//!
//! [`Explorer::position`] tells where a run stands after some choices and what there is to choose, so that a
//! person can be the scheduler. A [`Fault`] is drawn as text, in colour ([`Fault::in_colour`]) and as a
//! picture ([`Fault::to_svg`]), and written as JSON ([`Report::to_json`]). A test program answers other
//! processes too: with one of these variables set, [`check`] prints a line that begins with `interleave: `
//! and goes on with JSON, and ends the process.
//!
//! | Variable | Value | Answer |
//! |---|---|---|
//! | `INTERLEAVE_POSITION` | moves; nothing for the beginning | the position after them |
//! | `INTERLEAVE_FAULT` | a schedule, or its beginning | a failing run that begins so |
//! | `INTERLEAVE_REPORT` | anything | the report, in words, as a picture, and as data |
//!
//! `CLICOLOR_FORCE=1` asks for colours.
//!
//! [model]: https://en.cppreference.com/w/cpp/atomic/memory_order

pub use ::std::*;

mod actor;
mod bounded;
mod clearest;
mod clock;
mod event;
mod execute;
mod explore;
mod fault;
mod files;
pub mod hint;
mod json;
mod lanes;
mod memory;
mod model;
mod object;
mod op;
mod panics;
mod pattern;
mod place;
mod play;
mod player;
mod position;
mod race;
mod record;
mod reduced;
mod report;
mod run;
mod scene;
mod script;
mod session;
mod set;
mod sheet;
mod source;
mod statics;
mod strategy;
mod stuck;
pub mod sync;
mod tag;
pub mod tasks;
pub mod thread;
mod value;
mod watch;
mod words;

pub use crate::event::{Did, Event, Hold, Why};
pub use crate::explore::Explorer;
#[doc(hidden)]
pub use crate::explore::{Flaw, Search};
pub use crate::fault::{Fault, FaultKind, Recording, Shared, Waiting, Wish};
pub use crate::object::Kind;
pub use crate::place::Place;
pub use crate::position::{Footing, Position, Standing, Way};
pub use crate::report::Report;

/// Makes every run of `body`, and prints how many there are. A run is the same each time it is
/// made, so the answer is, too. For other settings see [`Explorer::check`].
///
/// # Panics
/// If a run fails; the message shows the clearest such run. And if the search is stopped at its bound.
#[track_caller]
pub fn check(body: impl Fn() + Send + Sync + 'static) -> Report {
    Explorer::new().check(body)
}

/// Makes one run of `body` again: the one whose schedule a report has printed. A debugger can stop
/// inside it.
///
/// # Panics
/// If the run fails, as it did before; or if the schedule is not one that a report has printed.
#[track_caller]
pub fn replay(schedule: &str, body: impl Fn() + Send + Sync + 'static) {
    if let Some(fault) = Explorer::new().replay(schedule, body) {
        panic!("a schedule breaks this program\n\n{fault}");
    }
}
