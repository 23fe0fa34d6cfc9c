//! Believes: a second look after the await makes up for the first one being old.
//! Rejected by: the_last_portion_is_sold_once_and_paid_for_once: broken invariant

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

    /// Looks before and after. Who comes second finds nothing any more, and has paid.
    pub async fn sell(&self, pay: impl Future<Output = bool>) -> bool {
        if self.left() == 0 || !pay.await {
            return false;
        }
        let mut portions = self.portions.lock().unwrap();
        if *portions == 0 {
            return false;
        }
        *portions -= 1;
        true
    }

    /// How many portions nobody has bought, and nobody is buying.
    pub fn left(&self) -> u32 {
        *self.portions.lock().unwrap()
    }
}
