//! Believes: the bell goes first, so an order of importance is what is needed.
//! Rejected by: a_busy_counter_does_not_keep_the_other_from_being_served

use crossbeam_channel::{Receiver, never, select_biased};

#[derive(Debug, PartialEq)]
pub enum Ended {
    Quit,
    Closed,
}

pub fn select_two(
    mut hot: Receiver<u32>,
    mut cold: Receiver<u32>,
    quit: Receiver<()>,
    mut serve: impl FnMut(u32),
) -> Ended {
    let mut open = 2;
    while open > 0 {
        let (counter, plate) = select_biased! {
            recv(quit) -> _ => return Ended::Quit,
            recv(hot) -> plate => (&mut hot, plate),
            recv(cold) -> plate => (&mut cold, plate),
        };
        if let Ok(plate) = plate {
            serve(plate);
        } else {
            *counter = never(); // a closed counter is always ready, to say that it is closed
            open -= 1;
        }
    }
    Ended::Closed
}
