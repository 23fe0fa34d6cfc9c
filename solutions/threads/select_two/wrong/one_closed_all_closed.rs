//! Believes: when a counter closes, the evening is over.
//! Rejected by: when_one_counter_is_closed_the_other_is_still_served

use crossbeam_channel::{Receiver, TryRecvError, select};

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
        if quit.try_recv() != Err(TryRecvError::Empty) {
            return Ended::Quit;
        }
        let plate = select! {
            recv(quit) -> _ => return Ended::Quit,
            recv(hot) -> plate => plate,
            recv(cold) -> plate => plate,
        };
        match plate {
            Ok(plate) => serve(plate),
            Err(_) => return Ended::Closed,
        }
    }
}
