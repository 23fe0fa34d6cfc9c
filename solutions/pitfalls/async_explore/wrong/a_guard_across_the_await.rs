//! Believes: the lock must be held from the look to the sale, so the guard stays over the await.
//! Rejected by: does not compile: future cannot be sent between threads safely

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

    /// Holds the guard while the bank thinks.
    pub async fn sell(&self, pay: impl Future<Output = bool>) -> bool {
        let mut portions = self.portions.lock().unwrap();
        if *portions == 0 || !pay.await {
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
