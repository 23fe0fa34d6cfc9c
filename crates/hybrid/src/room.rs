//! A room that nobody leaves before its door opens: how many get in at the same time?

use std::sync::{Condvar, Mutex, PoisonError};

/// Counts its visitors, and keeps them (with the threads they came on) until the door opens.
#[derive(Debug, Default)]
pub struct Room {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    inside: usize,
    most: usize,
    open: bool,
}

impl Room {
    /// Enters, waits for the door to open, and leaves.
    pub fn visit(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.inside += 1;
        state.most = state.most.max(state.inside);
        self.changed.notify_all();
        let state = self.changed.wait_while(state, |state| !state.open);
        state.unwrap_or_else(PoisonError::into_inner).inside -= 1;
    }

    /// Waits for so many visitors to be inside, and opens the door for good.
    pub fn open_when(&self, visitors: usize) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.changed.wait_while(state, |state| state.inside < visitors);
        state.unwrap_or_else(PoisonError::into_inner).open = true;
        self.changed.notify_all();
    }

    /// The most visitors who were inside at the same time.
    #[must_use]
    pub fn most(&self) -> usize {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn all_are_inside_before_the_door_opens() {
        let room = Room::default();
        thread::scope(|scope| {
            for _ in 0..5 {
                scope.spawn(|| room.visit());
            }
            room.open_when(5);
        });
        assert_eq!(room.most(), 5);
    }

    #[test]
    fn visitors_who_come_after_it_opened_do_not_wait() {
        let room = Room::default();
        room.open_when(0);
        room.visit();
        room.visit();
        assert_eq!(room.most(), 1);
    }
}
