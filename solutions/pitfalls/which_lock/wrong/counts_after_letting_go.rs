//! Believes: a lock should be held as short as possible, so the coins are counted after it.
//! Rejected by: only_one_hand_at_a_time_is_in_the_till: broken invariant

use std::sync::Mutex;

/// The three numbers, and their locks.
pub struct Books {
    /// On the shelf, sold.
    plates: Mutex<(u32, u32)>,
    coins: Mutex<u32>,
}

impl Books {
    /// All plates on the shelf, none sold, no coins.
    pub fn new(plates: u32) -> Self {
        Self { plates: Mutex::new((plates, 0)), coins: Mutex::new(0) }
    }

    /// Sells one plate: from the shelf to the sold ones, and its price into the till. False, and nothing
    /// changed, if the shelf is empty.
    pub fn sell(&self, price: u32) -> bool {
        {
            let mut plates = self.plates.lock().unwrap();
            let Some(rest) = plates.0.checked_sub(1) else { return false };
            *plates = (rest, plates.1 + 1);
        }
        *self.coins.lock().unwrap() += price;
        true
    }

    /// Plates on the shelf and plates sold, both at one moment.
    pub fn plates(&self) -> (u32, u32) {
        *self.plates.lock().unwrap()
    }

    /// Pays out of the till, and runs `count_coins` once while nobody else has a hand in it. False, nothing
    /// changed and nothing counted, if there is not enough.
    pub fn pay_out(&self, amount: u32, count_coins: impl FnOnce()) -> bool {
        {
            let mut coins = self.coins.lock().unwrap();
            let Some(rest) = coins.checked_sub(amount) else { return false };
            *coins = rest;
        }
        count_coins();
        true
    }

    /// The coins in the till.
    pub fn coins(&self) -> u32 {
        *self.coins.lock().unwrap()
    }
}
