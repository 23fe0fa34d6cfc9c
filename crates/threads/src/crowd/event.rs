//! An event: it has happened or it has not, and who comes late need not wait.

use std::sync::{Condvar, Mutex, PoisonError};

/// Happens once, and has happened ever after.
#[derive(Debug, Default)]
pub struct Event {
    /// What a notification cannot do: tell those who come later.
    happened: Mutex<bool>,
    news: Condvar,
}

impl Event {
    /// An event that has not happened yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Now it has happened. Again changes nothing.
    pub fn set(&self) {
        // Poisoned or not, here and below: nothing under this lock panics.
        *self.happened.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.news.notify_all();
    }

    /// Waits until it has happened.
    pub fn wait(&self) {
        let happened = self.happened.lock().unwrap_or_else(PoisonError::into_inner);
        let woken = self.news.wait_while(happened, |happened| !*happened);
        drop(woken.unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn all_who_wait_are_woken() {
        let event = Event::new();
        thread::scope(|scope| {
            (0..3).for_each(|_| drop(scope.spawn(|| event.wait())));
            event.set();
        });
    }

    #[test]
    fn who_comes_late_does_not_wait() {
        let event = Event::new();
        event.set();
        event.set();
        event.wait();
        event.wait();
    }
}
