//! The bell is asked first and alone; then whoever is ready first. A closed counter is replaced by one that is never ready.

use crossbeam_channel::{Receiver, TryRecvError, never, select};

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
        // `select!` draws lots among those that are ready. The bell has precedence.
        if quit.try_recv() != Err(TryRecvError::Empty) {
            return Ended::Quit;
        }
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
