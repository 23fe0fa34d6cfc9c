//! Believes: to look now and then is simpler than to be woken, and as good.
//! Rejected by: who_waits_is_parked: livelock

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

const NOW_AND_THEN: Duration = Duration::from_millis(1);

/// A hatch between one cook and one waiter, with room for one plate.
pub struct Hatch {
    plate: Mutex<Option<u32>>,
}

impl Hatch {
    /// An empty hatch.
    pub fn new() -> Self {
        Self { plate: Mutex::new(None) }
    }

    /// Puts a plate into the hatch; while there is still one in it, looks again every millisecond.
    pub fn give(&self, plate: u32) {
        loop {
            let mut hatch = self.plate.lock().unwrap();
            if hatch.is_none() {
                *hatch = Some(plate);
                return;
            }
            drop(hatch);
            thread::park_timeout(NOW_AND_THEN);
        }
    }

    /// Takes the plate; while there is none, looks again every millisecond.
    pub fn take(&self) -> u32 {
        loop {
            let taken = self.plate.lock().unwrap().take();
            if let Some(plate) = taken {
                return plate;
            }
            thread::park_timeout(NOW_AND_THEN);
        }
    }
}
