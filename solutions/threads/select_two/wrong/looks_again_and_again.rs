//! Believes: looking at each counter in turn is as good as waiting at all of them.
//! Rejected by: the_bell_is_heard_while_waiting

use std::thread;

use crossbeam_channel::{Receiver, TryRecvError};

#[derive(Debug, PartialEq)]
pub enum Ended {
    Quit,
    Closed,
}

pub fn select_two(
    hot: Receiver<u32>,
    cold: Receiver<u32>,
    quit: Receiver<()>,
    mut serve: impl FnMut(u32),
) -> Ended {
    loop {
        let mut closed = 0;
        for counter in [&hot, &cold] {
            if quit.try_recv() != Err(TryRecvError::Empty) {
                return Ended::Quit;
            }
            match counter.try_recv() {
                Ok(plate) => serve(plate),
                Err(TryRecvError::Empty) => thread::yield_now(),
                Err(TryRecvError::Disconnected) => closed += 1,
            }
        }
        if closed == 2 {
            return Ended::Closed;
        }
    }
}
