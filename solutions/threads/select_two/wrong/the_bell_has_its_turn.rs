//! Believes: `select!` takes what was ready first, or is written first.
//! Rejected by: after_the_bell_no_plate_is_served

use crossbeam_channel::{Receiver, never, select};

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
        let (counter, plate) = select! {
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
