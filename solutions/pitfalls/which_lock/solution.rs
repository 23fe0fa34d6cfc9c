//! Two sentences, two locks: each holds the numbers of one sentence, and is held while that sentence is at stake.
//!
//! `sell` touches all three numbers and needs no lock around them all: no sentence ties plates to coins.

use std::sync::Mutex;

/// The three numbers, and their locks.
pub struct Books {
    plates: Mutex<Plates>,
    coins: Mutex<u32>,
}

/// One sentence ties these two together: none is ever lost between them.
struct Plates {
    on_the_shelf: u32,
    sold: u32,
}

impl Books {
    /// All plates on the shelf, none sold, no coins.
    pub fn new(plates: u32) -> Self {
        Self { plates: Mutex::new(Plates { on_the_shelf: plates, sold: 0 }), coins: Mutex::new(0) }
    }

    /// Sells one plate: from the shelf to the sold ones, and its price into the till. False, and nothing
    /// changed, if the shelf is empty.
    pub fn sell(&self, price: u32) -> bool {
        if !self.move_a_plate() {
            return false;
        }
        // The plates are free again: who waits for the till must not make others wait for plates.
        *self.coins.lock().unwrap() += price;
        true
    }

    fn move_a_plate(&self) -> bool {
        let mut plates = self.plates.lock().unwrap();
        let Some(rest) = plates.on_the_shelf.checked_sub(1) else { return false };
        plates.on_the_shelf = rest;
        plates.sold += 1;
        true
    }

    /// Plates on the shelf and plates sold, both at one moment.
    pub fn plates(&self) -> (u32, u32) {
        let plates = self.plates.lock().unwrap();
        (plates.on_the_shelf, plates.sold)
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
