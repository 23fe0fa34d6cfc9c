//! Believes: the search finds the same run anyway, so there is no need of the schedule.
//! Rejected by: the_run_of_the_report_is_made_again_and_no_other

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

/// Searches. It finds a failing run, and a debugger would stop in all those before it, too.
pub fn make_again(scenario: impl Fn() + Send + Sync + 'static) {
    std::check(scenario);
}

/// The test that stays. It panics when the scenario can fail, in whatever run.
pub fn regression(scenario: impl Fn() + Send + Sync + 'static) {
    std::check(scenario);
}
