//! Kitchen time, counted and not measured, so that a program tells the same story on every run.

use std::cell::Cell;
use std::fmt::Display;
use std::thread;
use std::time::Duration;

use tracing::info_span;

use threads::stdout::say;

/// A clock that stands still while anybody works: its minutes pass only when somebody waits.
#[derive(Debug)]
pub struct Clock {
    minutes: Cell<u32>,
    minute: Duration,
}

impl Clock {
    /// A clock at minute 0, whose minutes take `minute` of the reader's time.
    #[must_use]
    pub fn new(minute: Duration) -> Self {
        Self { minutes: Cell::new(0), minute }
    }

    /// The minutes that have passed.
    #[must_use]
    pub fn now(&self) -> u32 {
        self.minutes.get()
    }

    /// Keeps this thread for a minute, as a `wait` in the timeline.
    pub fn pass_a_minute(&self) {
        let _wait = info_span!("wait", on = "the clock").entered();
        thread::sleep(self.minute);
        self.minutes.update(|minutes| minutes + 1);
    }

    /// Prints what happens now, behind the minute it is.
    pub fn note(&self, what: impl Display) {
        say(format_args!("  {} min  {what}", self.now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_only_when_somebody_waits() {
        let clock = Clock::new(Duration::ZERO);
        assert_eq!(clock.now(), 0);
        clock.pass_a_minute();
        clock.pass_a_minute();
        assert_eq!(clock.now(), 2);
    }
}
