//! The books of the kitchen hold three numbers: plates on the shelf, plates sold, coins in the till.
//!
//! Two sentences must be true whenever anybody looks. First: plates on the shelf and plates sold are
//! together as many as there were in the beginning. Second: what is paid out was in the till. Prices
//! vary, so the coins say nothing about the plates, and a plate may be sold a moment before its price
//! is in the till.
//!
//! Counting out coins takes long, and only one hand may be in the till. Whoever asks about plates
//! meanwhile must get an answer at once. How many locks do you need, and which numbers go into which?

/// The three numbers, and their locks.
pub struct Books {
    // Your fields.
}

impl Books {
    /// All plates on the shelf, none sold, no coins.
    pub fn new(plates: u32) -> Self {
        todo!()
    }

    /// Sells one plate: from the shelf to the sold ones, and its price into the till. False, and nothing
    /// changed, if the shelf is empty.
    pub fn sell(&self, price: u32) -> bool {
        todo!()
    }

    /// Plates on the shelf and plates sold, both at one moment.
    pub fn plates(&self) -> (u32, u32) {
        todo!()
    }

    /// Pays out of the till, and runs `count_coins` once while nobody else has a hand in it. False, nothing
    /// changed and nothing counted, if there is not enough.
    pub fn pay_out(&self, amount: u32, count_coins: impl FnOnce()) -> bool {
        todo!()
    }

    /// The coins in the till.
    pub fn coins(&self) -> u32 {
        todo!()
    }
}
