//! Believes: wake the other one early, and they will be there when the plate is.
//! Rejected by: a_waiter_waits_for_a_plate: lost wake-up

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

    /// Puts a plate into the hatch, soon after it has woken whoever waits for it.
    pub fn give(&self, plate: u32) {
        self.wake();
        loop {
            let mut inside = self.inside.lock().unwrap();
            if inside.plate.is_none() {
                inside.plate = Some(plate);
                return;
            }
            inside.waiting = Some(thread::current());
            drop(inside);
            thread::park();
        }
    }

    /// Takes the plate, soon after it has woken whoever waits for that.
    pub fn take(&self) -> u32 {
        self.wake();
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

    fn wake(&self) {
        if let Some(other) = self.inside.lock().unwrap().waiting.take() {
            other.unpark();
        }
    }
}
