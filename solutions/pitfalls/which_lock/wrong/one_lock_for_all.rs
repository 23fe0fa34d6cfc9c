//! Believes: a sale touches all three numbers, so one lock must hold all three.
//! Rejected by: who_asks_about_plates_does_not_wait_for_the_counting_of_coins: deadlock

use std::sync::Mutex;

/// The three numbers, and their locks.
pub struct Books {
    /// On the shelf, sold, coins.
    all: Mutex<(u32, u32, u32)>,
}

impl Books {
    /// All plates on the shelf, none sold, no coins.
    pub fn new(plates: u32) -> Self {
        Self { all: Mutex::new((plates, 0, 0)) }
    }

    /// Sells one plate: from the shelf to the sold ones, and its price into the till. False, and nothing
    /// changed, if the shelf is empty.
    pub fn sell(&self, price: u32) -> bool {
        let mut all = self.all.lock().unwrap();
        let Some(rest) = all.0.checked_sub(1) else { return false };
        *all = (rest, all.1 + 1, all.2 + price);
        true
    }

    /// Plates on the shelf and plates sold, both at one moment.
    pub fn plates(&self) -> (u32, u32) {
        let all = self.all.lock().unwrap();
        (all.0, all.1)
    }

    /// Pays out of the till, and runs `count_coins` once while nobody else has a hand in it. False, nothing
    /// changed and nothing counted, if there is not enough.
    pub fn pay_out(&self, amount: u32, count_coins: impl FnOnce()) -> bool {
        let mut all = self.all.lock().unwrap();
        let Some(rest) = all.2.checked_sub(amount) else { return false };
        count_coins();
        all.2 = rest;
        true
    }

    /// The coins in the till.
    pub fn coins(&self) -> u32 {
        self.all.lock().unwrap().2
    }
}
