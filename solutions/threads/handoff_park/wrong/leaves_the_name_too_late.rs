//! Believes: look first, and leave one's name only if that is necessary.
//! Rejected by: a_waiter_waits_for_a_plate: lost wake-up

use std::sync::Mutex;
use std::thread::{self, Thread};

/// A hatch between one cook and one waiter, with room for one plate.
pub struct Hatch {
    plate: Mutex<Option<u32>>,
    waiting: Mutex<Option<Thread>>,
}

impl Hatch {
    /// An empty hatch.
    pub fn new() -> Self {
        Self { plate: Mutex::new(None), waiting: Mutex::new(None) }
    }

    /// Puts a plate into the hatch; parks first while there is still one in it.
    pub fn give(&self, plate: u32) {
        while !self.put_if_empty(plate) {
            *self.waiting.lock().unwrap() = Some(thread::current());
            thread::park();
        }
        self.wake();
    }

    /// Takes the plate. Between the look and the name it may come, and find nobody to wake.
    pub fn take(&self) -> u32 {
        loop {
            let taken = self.plate.lock().unwrap().take();
            if let Some(plate) = taken {
                self.wake();
                return plate;
            }
            *self.waiting.lock().unwrap() = Some(thread::current());
            thread::park();
        }
    }

    fn put_if_empty(&self, plate: u32) -> bool {
        let mut hatch = self.plate.lock().unwrap();
        let is_empty = hatch.is_none();
        if is_empty {
            *hatch = Some(plate);
        }
        is_empty
    }

    fn wake(&self) {
        let waiting = self.waiting.lock().unwrap().take();
        if let Some(other) = waiting {
            other.unpark();
        }
    }
}
