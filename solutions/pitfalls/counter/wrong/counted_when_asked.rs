//! Believes: sales can wait in a channel until somebody asks, and every access there is under a lock.
//! Rejected by: looking_loses_nothing: check-then-act

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

/// The till.
pub struct Till {
    slips: Sender<u32>,
    box_of_slips: Mutex<Receiver<u32>>,
    total: Mutex<u32>,
}

impl Till {
    /// An empty till.
    pub fn new() -> Self {
        let (slips, received) = channel();
        Self { slips, box_of_slips: Mutex::new(received), total: Mutex::new(0) }
    }

    /// Rings up one sale: a slip in the box.
    pub fn sell(&self, price: u32) {
        self.slips.send(price).unwrap();
    }

    /// What is in the till now. Two who look at once both begin from the same old total.
    pub fn total(&self) -> u32 {
        let mut total = *self.total.lock().unwrap();
        while let Ok(price) = self.box_of_slips.lock().unwrap().try_recv() {
            total += price;
        }
        *self.total.lock().unwrap() = total;
        total
    }
}
