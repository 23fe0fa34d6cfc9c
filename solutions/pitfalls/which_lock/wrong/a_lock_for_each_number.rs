//! Believes: three numbers that several threads use need three locks.
//! Rejected by: whoever_looks_finds_every_plate: broken invariant

use std::sync::Mutex;

/// The three numbers, and their locks.
pub struct Books {
    on_the_shelf: Mutex<u32>,
    sold: Mutex<u32>,
    coins: Mutex<u32>,
}

impl Books {
    /// All plates on the shelf, none sold, no coins.
    pub fn new(plates: u32) -> Self {
        Self { on_the_shelf: Mutex::new(plates), sold: Mutex::new(0), coins: Mutex::new(0) }
    }

    /// Sells one plate: from the shelf to the sold ones, and its price into the till. False, and nothing
    /// changed, if the shelf is empty.
    pub fn sell(&self, price: u32) -> bool {
        {
            let mut on_the_shelf = self.on_the_shelf.lock().unwrap();
            let Some(rest) = on_the_shelf.checked_sub(1) else { return false };
            *on_the_shelf = rest;
        }
        *self.sold.lock().unwrap() += 1;
        *self.coins.lock().unwrap() += price;
        true
    }

    /// Plates on the shelf and plates sold, both at one moment.
    pub fn plates(&self) -> (u32, u32) {
        let on_the_shelf = *self.on_the_shelf.lock().unwrap();
        let sold = *self.sold.lock().unwrap();
        (on_the_shelf, sold)
    }

    /// Pays out of the till, and runs `count_coins` once while nobody else has a hand in it. False, nothing
    /// changed and nothing counted, if there is not enough.
    pub fn pay_out(&self, amount: u32, count_coins: impl FnOnce()) -> bool {
        let mut coins = self.coins.lock().unwrap();
        let Some(rest) = coins.checked_sub(amount) else { return false };
        count_coins();
        *coins = rest;
        true
    }

    /// The coins in the till.
    pub fn coins(&self) -> u32 {
        *self.coins.lock().unwrap()
    }
}
