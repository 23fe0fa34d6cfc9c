//! Who takes the job out of the map has it, to do it or to throw it away; nobody does one under the lock.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

type Job = Box<dyn FnOnce() + Send>;

/// By due minute; the number tells timers of one minute apart.
type Key = (u64, u64);

#[derive(Default)]
struct State {
    now: u64,
    timers: u64,
    waiting: BTreeMap<Key, Job>,
}

impl State {
    fn take_due(&mut self) -> Option<Job> {
        let first = self.waiting.first_entry()?;
        let (due, _) = *first.key();
        (due <= self.now).then(|| first.remove())
    }
}

/// Tells the minutes since it was made.
pub struct Clock {
    state: Arc<Mutex<State>>,
}

/// A timer that can be called off.
pub struct Timer {
    state: Arc<Mutex<State>>,
    key: Key,
}

impl Clock {
    /// A clock at minute 0, and no timer on it.
    pub fn new() -> Self {
        Self { state: Arc::default() }
    }

    /// Sets a timer: `job` is to be done when the clock has gone on by so many minutes.
    pub fn after(&self, minutes: u64, job: impl FnOnce() + Send + 'static) -> Timer {
        let mut state = self.state.lock().unwrap();
        let key = (state.now + minutes, state.timers);
        state.timers += 1;
        state.waiting.insert(key, Box::new(job));
        Timer { state: Arc::clone(&self.state), key }
    }

    /// Turns the clock on by so many minutes, and does what is due. In which order is up to you.
    pub fn advance(&self, minutes: u64) {
        self.state.lock().unwrap().now += minutes;
        loop {
            // The guard must be gone when the job is done: a job may set another timer.
            let due = self.state.lock().unwrap().take_due();
            let Some(job) = due else { return };
            job();
        }
    }
}

impl Timer {
    /// Calls the timer off. Whether that was in time.
    pub fn cancel(self) -> bool {
        self.state.lock().unwrap().waiting.remove(&self.key).is_some()
    }
}
