//! A timer: does something later, unless it is called off before.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A thread that waits for a time, or for being called off, whichever comes first.
///
/// Dropping it calls nothing off: then nobody can any more.
#[derive(Debug)]
pub struct Timer {
    shared: Arc<Shared>,
    thread: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    called_off: Condvar,
}

/// Leaves `Set` once, under the lock: that decides between ringing and being called off.
#[derive(Debug, Default, PartialEq)]
enum State {
    #[default]
    Set,
    CalledOff,
    Rings,
}

impl Timer {
    /// Does `job` after so long, on a thread of its own.
    ///
    /// # Panics
    ///
    /// When the system grants no further thread.
    pub fn start(after: Duration, job: impl FnOnce() + Send + 'static) -> Self {
        let shared = Arc::<Shared>::default();
        let theirs = Arc::clone(&shared);
        let wait = move || {
            if theirs.comes_to_ring(after) {
                job();
            }
        };
        let thread = thread::Builder::new().name("timer".to_owned()).spawn(wait);
        Self { shared, thread: thread.expect("a thread starts") }
    }

    /// Calls it off. False when it is too late: the job is under way or done.
    pub fn cancel(&self) -> bool {
        // Poisoned or not, here and below: nothing under this lock panics.
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        if *state == State::Rings {
            return false;
        }
        *state = State::CalledOff;
        // Without this the thread would sleep out its time, and whoever joins it would, too.
        self.shared.called_off.notify_one();
        true
    }

    /// Waits until the job is done, or will never be.
    ///
    /// # Errors
    ///
    /// When the job panicked; with what the panic carried.
    pub fn join(self) -> thread::Result<()> {
        self.thread.join()
    }
}

impl Shared {
    /// Waits, and says whether to ring.
    fn comes_to_ring(&self, after: Duration) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_set = |state: &mut State| *state == State::Set;
        let waited = self.called_off.wait_timeout_while(state, after, is_set);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        // Looked at under the lock, not guessed from the timeout: both may come in the same moment.
        if *state == State::CalledOff {
            return false;
        }
        *state = State::Rings;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const AN_HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_timer_rings_once_and_then_it_is_too_late() {
        let (ring, rung) = mpsc::channel();
        let timer = Timer::start(Duration::ZERO, move || ring.send(()).expect("somebody listens"));
        assert_eq!(rung.recv(), Ok(()));
        assert!(!timer.cancel());
        timer.join().expect("it did not panic");
        assert_eq!(rung.recv(), Err(mpsc::RecvError), "it rings once");
    }

    #[test]
    fn a_timer_called_off_ends_without_ringing_long_before_its_time() {
        let (ring, rung) = mpsc::channel();
        let timer = Timer::start(AN_HOUR, move || ring.send(()).expect("somebody listens"));
        assert!(timer.cancel() && timer.cancel(), "in time, and it stays so");
        timer.join().expect("it did not panic");
        assert_eq!(rung.recv(), Err(mpsc::RecvError), "nothing rang");
    }
}
