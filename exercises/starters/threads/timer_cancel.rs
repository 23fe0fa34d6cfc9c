//! A kitchen clock that goes on when somebody turns it, and timers that can be called off in time.
//!
//! `after` sets a timer: its job is done `minutes` from now, once, by whoever turns the clock that far. If
//! nobody calls it off, that is: `cancel` tells `true` if the job will never be done, and `false` if it is too
//! late, because it has been done or somebody is at it. Both at the same moment? One of them is first.
//!
//! Several cooks turn the clock, set timers and call them off at the same time. A job may do so as well: a
//! timer that rings every minute sets the next one when it rings. A timer that nobody keeps rings all the same.

/// Tells the minutes since it was made.
pub struct Clock {
    // Your fields.
}

/// A timer that can be called off.
pub struct Timer {
    // Your fields.
}

impl Clock {
    /// A clock at minute 0, and no timer on it.
    pub fn new() -> Self {
        todo!()
    }

    /// Sets a timer: `job` is to be done when the clock has gone on by so many minutes.
    pub fn after(&self, minutes: u64, job: impl FnOnce() + Send + 'static) -> Timer {
        todo!()
    }

    /// Turns the clock on by so many minutes, and does what is due. In which order is up to you.
    pub fn advance(&self, minutes: u64) {
        todo!()
    }
}

impl Timer {
    /// Calls the timer off. Whether that was in time.
    pub fn cancel(self) -> bool {
        todo!()
    }
}
