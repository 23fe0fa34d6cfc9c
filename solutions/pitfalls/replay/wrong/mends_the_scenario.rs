//! Believes: a test that fails must be told to expect it, then it stays green.
//! Rejected by: the_regression_test_fails_on_the_bug_of_the_report

use std::mem;
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
        // One guard for the look and the taking: what was seen is still so.
        let mut egg = self.egg.lock().unwrap();
        mem::replace(&mut *egg, false)
    }
}

/// Makes the run of the report again: this one run, and no other. Panics as it did then.
pub fn make_again(scenario: impl Fn() + Send + Sync + 'static) {
    std::replay("0-0-1-1-1-1", scenario);
}

/// Catches what the scenario says, so that it says nothing.
pub fn regression(scenario: impl Fn() + Send + Sync + 'static) {
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| std::check(scenario)));
}
