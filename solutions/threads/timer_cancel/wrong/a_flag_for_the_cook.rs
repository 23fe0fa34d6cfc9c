//! Believes: a flag that says "called off" is enough, if whoever does the job looks at it first.
//! Rejected by: it_is_done_or_called_off_and_never_both: broken invariant

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

type Job = Box<dyn FnOnce() + Send>;

/// By due minute; the number tells timers of one minute apart.
type Key = (u64, u64);

#[derive(Default)]
struct Flags {
    called_off: AtomicBool,
    done: AtomicBool,
}

#[derive(Default)]
struct State {
    now: u64,
    timers: u64,
    waiting: BTreeMap<Key, (Job, Arc<Flags>)>,
}

impl State {
    fn take_due(&mut self) -> Option<(Job, Arc<Flags>)> {
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
    flags: Arc<Flags>,
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
        let flags = Arc::<Flags>::default();
        state.waiting.insert(key, (Box::new(job), Arc::clone(&flags)));
        Timer { flags }
    }

    /// Turns the clock on by so many minutes, and does what is due. In which order is up to you.
    pub fn advance(&self, minutes: u64) {
        self.state.lock().unwrap().now += minutes;
        loop {
            // The guard must be gone when the job is done: a job may set another timer.
            let due = self.state.lock().unwrap().take_due();
            let Some((job, flags)) = due else { return };
            if !flags.called_off.load(Ordering::SeqCst) {
                job();
                flags.done.store(true, Ordering::SeqCst);
            }
        }
    }
}

impl Timer {
    /// Calls the timer off. Whether that was in time.
    pub fn cancel(self) -> bool {
        self.flags.called_off.store(true, Ordering::SeqCst);
        !self.flags.done.load(Ordering::SeqCst)
    }
}
