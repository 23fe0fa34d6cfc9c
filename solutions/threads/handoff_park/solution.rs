//! Who has to wait leaves their handle beside the plate, and looks again after every park.

use std::sync::Mutex;
use std::thread::{self, Thread};

/// A hatch between one cook and one waiter, with room for one plate.
pub struct Hatch {
    inside: Mutex<Inside>,
}

struct Inside {
    plate: Option<u32>,
    /// Who is to be woken at the next change. One place is enough: the cook waits only while there is
    /// a plate, the waiter only while there is none.
    waiting: Option<Thread>,
}

impl Hatch {
    /// An empty hatch.
    pub fn new() -> Self {
        Self { inside: Mutex::new(Inside { plate: None, waiting: None }) }
    }

    /// Puts a plate into the hatch; parks first while there is still one in it.
    pub fn give(&self, plate: u32) {
        self.when_ready(|inside| inside.plate.is_none().then(|| inside.plate = Some(plate)));
    }

    /// Takes the plate; parks first while there is none.
    pub fn take(&self) -> u32 {
        self.when_ready(|inside| inside.plate.take())
    }

    /// Tries until it works, and wakes the other one then.
    fn when_ready<R>(&self, attempt: impl Fn(&mut Inside) -> Option<R>) -> R {
        loop {
            let mut inside = self.inside.lock().unwrap();
            if let Some(done) = attempt(&mut inside) {
                if let Some(other) = inside.waiting.take() {
                    other.unpark();
                }
                return done;
            }
            // Under the same lock as the look: whoever changes something after it will find this handle.
            inside.waiting = Some(thread::current());
            drop(inside);
            // An unpark between the lock and this line is not lost: its token ends the park at once.
            thread::park();
        }
    }
}
