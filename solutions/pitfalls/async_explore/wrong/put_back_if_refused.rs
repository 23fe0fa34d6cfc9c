//! Believes: a portion is put back when the bank says no, and there is no other way out.
//! Rejected by: a_guest_who_walks_away_leaves_the_portion_to_the_next: broken invariant

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

    /// Takes the portion first, and puts it back after a no. After a dropped future no line runs.
    pub async fn sell(&self, pay: impl Future<Output = bool>) -> bool {
        {
            let mut portions = self.portions.lock().unwrap();
            if *portions == 0 {
                return false;
            }
            *portions -= 1;
        }
        let is_paid = pay.await;
        if !is_paid {
            *self.portions.lock().unwrap() += 1;
        }
        is_paid
    }

    /// How many portions nobody has bought, and nobody is buying.
    pub fn left(&self) -> u32 {
        *self.portions.lock().unwrap()
    }
}
