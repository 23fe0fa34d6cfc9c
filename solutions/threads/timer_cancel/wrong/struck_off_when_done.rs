//! Believes: a timer is struck off the list when its job is done, not before.
//! Rejected by: it_is_done_or_called_off_and_never_both: broken invariant

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

type Job = Box<dyn FnOnce() + Send>;

/// By due minute; the number tells timers of one minute apart.
type Key = (u64, u64);

#[derive(Default)]
struct State {
    now: u64,
    timers: u64,
    waiting: BTreeMap<Key, Option<Job>>,
}

impl State {
    fn take_due(&mut self) -> Option<(Key, Job)> {
        let now = self.now;
        let mut due = self.waiting.iter_mut().take_while(|((minute, _), _)| *minute <= now);
        due.find_map(|(key, job)| Some((*key, job.take()?)))
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
        state.waiting.insert(key, Some(Box::new(job)));
        Timer { state: Arc::clone(&self.state), key }
    }

    /// Turns the clock on by so many minutes, and does what is due. In which order is up to you.
    pub fn advance(&self, minutes: u64) {
        self.state.lock().unwrap().now += minutes;
        loop {
            // The guard must be gone when the job is done: a job may set another timer.
            let due = self.state.lock().unwrap().take_due();
            let Some((key, job)) = due else { return };
            job();
            self.state.lock().unwrap().waiting.remove(&key);
        }
    }
}

impl Timer {
    /// Calls the timer off. Whether that was in time.
    pub fn cancel(self) -> bool {
        self.state.lock().unwrap().waiting.remove(&self.key).is_some()
    }
}
