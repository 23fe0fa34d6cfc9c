//! There was one egg in the pantry, and two cooks went home with it. The explorer has written a report:
//!
//! ```text
//! ✗ check-then-act: main looks under egg, lets go, and acts on what it saw after
//! thread 1 has changed it.
//!
//!  main                              │ thread 1
//! ───────────────────────────────────┼───────────────────────────────────
//!  if !*self.egg.lock()              │
//!    → locks egg, finds true         │
//!    → unlocks egg                   │
//!                  └─────────────────┼─────────────────▼
//!                                    │ if !*self.egg.lock()
//!                                    │   → locks egg, finds true
//!                                    │   → unlocks egg
//!                                    │ *self.egg.lock() = false
//!                                    │   → locks egg, finds true
//!                                    │   → unlocks egg, leaves false
//!                  ▼─────────────────┼─────────────────┘
//!  *self.egg.lock() = false          │
//!    → locks egg, finds false        │
//!    → unlocks egg, leaves false     │
//!
//! The same run again: interleave::replay("0-0-1-1-1-1", …)
//! ```
//!
//! Three things remain to be done: make the failing run again, for a look at it in the debugger; write the test
//! that keeps the bug from ever coming back; and mend the pantry.
//!
//! In this file `std` is the explorer's, for the judge begins with `extern crate interleave as std;`, as a test of
//! your own would. So besides `std::sync` and `std::thread` there are `std::replay("1-0-…", scenario)`, which makes
//! one run, and `std::check(scenario)`, which makes them all. Both panic with a report if a run fails.
//!
//! A schedule is a list of choices: at each fork of the run, who goes on. It knows nothing of lines or names.

use std::sync::Mutex;

/// The pantry, in which there may be an egg.
pub struct Pantry {
    egg: Mutex<bool>,
}

impl Pantry {
    /// A pantry with one egg.
    pub fn new() -> Self {
        Self { egg: Mutex::new(true) }
    }

    /// Takes the egg. False if it was not there any more.
    pub fn take(&self) -> bool {
        if !*self.egg.lock().unwrap() {
            return false;
        }
        *self.egg.lock().unwrap() = false;
        true
    }
}

/// Makes the run of the report again: this one run, and no other. Panics as it did then.
pub fn make_again(scenario: impl Fn() + Send + Sync + 'static) {
    todo!("one run, by the schedule of the report")
}

/// The test that stays. It panics when the scenario can fail, in whatever run, and returns when it cannot; also
/// years from now, when the pantry has been rewritten twice.
pub fn regression(scenario: impl Fn() + Send + Sync + 'static) {
    todo!("a proof")
}
