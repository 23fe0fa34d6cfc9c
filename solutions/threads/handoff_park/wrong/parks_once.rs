//! Believes: whoever is unparked was unparked because things are ready.
//! Rejected by: an_unpark_for_something_else_is_no_plate: panic

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

    /// Puts a plate into the hatch. After any unpark, whoever it was meant for.
    pub fn give(&self, plate: u32) {
        let mut inside = self.inside.lock().unwrap();
        if inside.plate.is_some() {
            inside.waiting = Some(thread::current());
            drop(inside);
            thread::park();
            inside = self.inside.lock().unwrap();
        }
        inside.plate = Some(plate);
        wake(&mut inside);
    }

    /// Takes the plate that must be there after an unpark.
    pub fn take(&self) -> u32 {
        let mut inside = self.inside.lock().unwrap();
        if inside.plate.is_none() {
            inside.waiting = Some(thread::current());
            drop(inside);
            thread::park();
            inside = self.inside.lock().unwrap();
        }
        wake(&mut inside);
        inside.plate.take().unwrap()
    }
}

fn wake(inside: &mut Inside) {
    if let Some(other) = inside.waiting.take() {
        other.unpark();
    }
}
