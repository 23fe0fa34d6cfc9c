//! A portion is reserved before the await, and goes back by itself on every way out but one.

use std::mem;
use std::sync::Mutex;

/// The shop.
pub struct Shop {
    portions: Mutex<u32>,
}

/// A portion that is off the shelf and not yet paid for.
struct Reserved<'a>(&'a Shop);

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        *self.0.portions.lock().unwrap() += 1;
    }
}

impl Shop {
    /// A shop with this many portions.
    pub fn new(portions: u32) -> Self {
        Self { portions: Mutex::new(portions) }
    }

    /// Sells a portion if there is one and `pay` says that it is paid for.
    pub async fn sell(&self, pay: impl Future<Output = bool>) -> bool {
        // Nobody gets in before the await: looking and taking are one step, and need no second look.
        let Some(reserved) = self.reserve() else { return false };
        let is_paid = pay.await;
        if is_paid {
            mem::forget(reserved); // sold: it does not go back
        }
        is_paid
    }

    fn reserve(&self) -> Option<Reserved<'_>> {
        let mut portions = self.portions.lock().unwrap();
        *portions = portions.checked_sub(1)?;
        Some(Reserved(self))
    }

    /// How many portions nobody has bought, and nobody is buying.
    pub fn left(&self) -> u32 {
        *self.portions.lock().unwrap()
    }
}
