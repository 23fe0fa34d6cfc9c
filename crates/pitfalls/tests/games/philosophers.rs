//! Three philosophers at a round table, a fork between each two; everybody needs both beside the plate.
//!
//! Goal: let all three starve.

use std::sync::{Arc, Mutex};
use std::thread;

/// The forks of a table for three.
type Forks = [Mutex<()>; 3];

fn eat(forks: &Forks, first: usize, second: usize) {
    let _first = forks[first].lock().unwrap();
    let _second = forks[second].lock().unwrap();
}

/// Everybody takes the left fork first.
fn left_first(forks: &Forks, seat: usize) {
    eat(forks, seat, (seat + 1) % 3);
}

/// Everybody takes the fork with the smaller number first.
fn smaller_first(forks: &Forks, seat: usize) {
    let (left, right) = (seat, (seat + 1) % 3);
    eat(forks, left.min(right), left.max(right));
}

fn dine(habit: fn(&Forks, usize)) {
    let forks = Arc::new(Forks::default());
    let guests = [0, 1, 2].map(|seat| {
        let forks = Arc::clone(&forks);
        thread::spawn(move || habit(&forks, seat))
    });
    for guest in guests {
        guest.join().unwrap();
    }
}

pub(crate) fn broken() {
    dine(left_first);
}

pub(crate) fn fixed() {
    dine(smaller_first);
}
