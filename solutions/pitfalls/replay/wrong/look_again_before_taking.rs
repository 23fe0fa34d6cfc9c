//! Believes: the other cook came in between the look and the taking, so a second look closes the gap.
//! Rejected by: your_pantry_gives_the_egg_to_one_of_two_cooks: check-then-act

use std::sync::Mutex;
use std::thread;

/// The pantry, in which there may be an egg.
pub struct Pantry {
    egg: Mutex<bool>,
}

impl Pantry {
    /// A pantry with one egg.
    pub fn new() -> Self {
        Self { egg: Mutex::new(true) }
    }

    /// Looks a second time. The gap is now between the second look and the taking.
    pub fn take(&self) -> bool {
        if !*self.egg.lock().unwrap() {
            return false;
        }
        thread::yield_now();
        if !*self.egg.lock().unwrap() {
            return false;
        }
        *self.egg.lock().unwrap() = false;
        true
    }
}

/// Makes the run of the report again: this one run, and no other. Panics as it did then.
pub fn make_again(scenario: impl Fn() + Send + Sync + 'static) {
    std::replay("0-0-1-1-1-1", scenario);
}

/// The test that stays. It panics when the scenario can fail, in whatever run.
pub fn regression(scenario: impl Fn() + Send + Sync + 'static) {
    std::check(scenario);
}
