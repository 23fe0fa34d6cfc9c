//! Believes: the guard in a `match` is dropped before its arms run.
//! Rejected by: a_waiter_waits_for_a_plate: deadlock

use std::sync::Mutex;
use std::thread::{self, Thread};

/// A hatch between one cook and one waiter, with room for one plate.
pub struct Hatch {
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    plate: Option<u32>,
    waiting: Option<Thread>,
}

impl Hatch {
    /// An empty hatch.
    pub fn new() -> Self {
        Self { inside: Mutex::default() }
    }

    /// Puts a plate into the hatch; parks first while there is still one in it.
    pub fn give(&self, plate: u32) {
        loop {
            match &mut *self.inside.lock().unwrap() {
                Inside { plate: Some(_), waiting } => {
                    *waiting = Some(thread::current());
                    thread::park();
                }
                inside => {
                    inside.plate = Some(plate);
                    return wake(inside);
                }
            }
        }
    }

    /// Takes the plate. The lock is held to the end of the `match`, and so through the sleep.
    pub fn take(&self) -> u32 {
        loop {
            match &mut *self.inside.lock().unwrap() {
                Inside { plate: None, waiting } => {
                    *waiting = Some(thread::current());
                    thread::park();
                }
                inside => {
                    wake(inside);
                    return inside.plate.take().unwrap();
                }
            }
        }
    }
}

fn wake(inside: &mut Inside) {
    if let Some(other) = inside.waiting.take() {
        other.unpark();
    }
}
