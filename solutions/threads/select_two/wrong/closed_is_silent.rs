//! Believes: a closed counter is silent; only plates make it ready.
//! Rejected by: with_nothing_to_carry_it_sleeps_though_one_counter_is_closed

use crossbeam_channel::{Receiver, RecvError, TryRecvError, select};

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
    let (mut hot_open, mut cold_open) = (true, true);
    let mut carry = |plate: Result<u32, RecvError>| plate.map(&mut serve).is_ok();
    while hot_open || cold_open {
        if quit.try_recv() != Err(TryRecvError::Empty) {
            return Ended::Quit;
        }
        select! {
            recv(quit) -> _ => return Ended::Quit,
            recv(hot) -> plate => hot_open = carry(plate),
            recv(cold) -> plate => cold_open = carry(plate),
        }
    }
    Ended::Closed
}
