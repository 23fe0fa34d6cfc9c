//! How many jobs that block does tokio run at a time?

use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tokio::runtime::Builder;

/// Hands over `jobs` jobs that block until as many are inside as the `pool` lets in; returns the most at once.
///
/// # Errors
///
/// When no runtime can be started.
///
/// # Panics
///
/// When `pool` is 0.
pub fn crowd(jobs: usize, pool: usize) -> io::Result<usize> {
    let runtime = Builder::new_current_thread().max_blocking_threads(pool).build()?;
    let room = Arc::new(Room::default());
    let visits: Vec<_> = (0..jobs)
        .map(|_| Arc::clone(&room))
        .map(|room| runtime.spawn_blocking(move || room.visit()))
        .collect();
    room.open_when(jobs.min(pool));
    for visit in visits {
        runtime.block_on(visit).expect("a visit does not panic");
    }
    Ok(room.most())
}

/// Counts its visitors, and keeps them (with the threads they came on) until the door opens.
#[derive(Debug, Default)]
struct Room {
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
    fn visit(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.inside += 1;
        state.most = state.most.max(state.inside);
        self.changed.notify_all();
        let state = self.changed.wait_while(state, |state| !state.open);
        state.unwrap_or_else(PoisonError::into_inner).inside -= 1;
    }

    /// Waits for so many visitors to be inside, and opens the door for good.
    fn open_when(&self, visitors: usize) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.changed.wait_while(state, |state| state.inside < visitors);
        state.unwrap_or_else(PoisonError::into_inner).open = true;
        self.changed.notify_all();
    }

    /// The most visitors who were inside at the same time.
    fn most(&self) -> usize {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pool_is_filled_and_no_more_get_in() {
        assert_eq!(crowd(10, 4).unwrap(), 4);
        assert_eq!(crowd(3, 4).unwrap(), 3);
        assert_eq!(crowd(0, 4).unwrap(), 0);
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
