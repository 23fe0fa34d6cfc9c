//! Believes: an async lock may be held across an await, so holding Tokio's is all there is to it.
//! Rejected by: two_guests_can_pay_at_the_same_time: deadlock

use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Mutex;

/// The shop.
pub struct Shop {
    portions: AtomicU32,
    door: Mutex<()>,
}

impl Shop {
    /// A shop with this many portions.
    pub fn new(portions: u32) -> Self {
        Self { portions: AtomicU32::new(portions), door: Mutex::new(()) }
    }

    /// Lets in one guest after the other. While one bank thinks, everybody waits at the door.
    pub async fn sell(&self, pay: impl Future<Output = bool>) -> bool {
        let _inside = self.door.lock().await;
        if self.left() == 0 || !pay.await {
            return false;
        }
        self.portions.fetch_sub(1, Ordering::SeqCst);
        true
    }

    /// How many portions nobody has bought.
    pub fn left(&self) -> u32 {
        self.portions.load(Ordering::SeqCst)
    }
}
