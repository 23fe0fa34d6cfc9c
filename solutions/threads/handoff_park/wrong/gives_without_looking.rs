//! Believes: the waiter is always there first, so the cook can put the plate down and go.
//! Rejected by: a_second_plate_waits_for_room

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

    /// Puts a plate into the hatch, on top of the one that is there.
    pub fn give(&self, plate: u32) {
        let mut inside = self.inside.lock().unwrap();
        inside.plate = Some(plate);
        if let Some(waiter) = inside.waiting.take() {
            waiter.unpark();
        }
    }

    /// Takes the plate; parks first while there is none.
    pub fn take(&self) -> u32 {
        loop {
            let mut inside = self.inside.lock().unwrap();
            if let Some(plate) = inside.plate.take() {
                return plate;
            }
            inside.waiting = Some(thread::current());
            drop(inside);
            thread::park();
        }
    }
}
