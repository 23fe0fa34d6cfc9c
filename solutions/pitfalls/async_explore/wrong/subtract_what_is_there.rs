//! Believes: the number was old, so it is read again after the await, and the sale is right.
//! Rejected by: the_last_portion_is_sold_once_and_paid_for_once: check-then-act

use std::sync::Mutex;

/// The shop.
pub struct Shop {
    portions: Mutex<u32>,
}

impl Shop {
    /// A shop with this many portions.
    pub fn new(portions: u32) -> Self {
        Self { portions: Mutex::new(portions) }
    }

    /// Looks before the await, and subtracts after it from what is there then, if anything is.
    pub async fn sell(&self, pay: impl Future<Output = bool>) -> bool {
        if self.left() == 0 || !pay.await {
            return false;
        }
        let mut portions = self.portions.lock().unwrap();
        *portions = portions.saturating_sub(1);
        true
    }

    /// How many portions nobody has bought, and nobody is buying.
    pub fn left(&self) -> u32 {
        *self.portions.lock().unwrap()
    }
}
