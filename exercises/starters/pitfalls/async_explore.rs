//! The shop sells the soup of the day by card: look whether there is a portion left, wait for the bank, hand it out.
//!
//! `sell` awaits `pay` once, which says whether the bank has paid; a guest who has paid gets a portion (`true`), and
//! a guest for whom none is left must not pay at all (`false`, `pay` is dropped without having been polled). When the
//! bank refuses, `sell` gives `false` and the portion is for the next. Guests pay at the same time, slow banks hold
//! up nobody else, and a guest may walk away while the bank is thinking: then the future of `sell` is dropped.
//!
//! Below is the shop as it was built: every step of it is under a lock, and still it sells soup that it has not got.
//! The judge polls the guests in every order, and sends them away at every await. Change what you like inside
//! `Shop` and its methods; keep the names and the signatures. The future of `sell` must be `Send`, as for
//! `tokio::spawn`.

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

    /// Sells a portion if there is one and `pay` says that it is paid for.
    pub async fn sell(&self, pay: impl Future<Output = bool>) -> bool {
        let portions = *self.portions.lock().unwrap();
        if portions == 0 || !pay.await {
            return false;
        }
        *self.portions.lock().unwrap() = portions - 1;
        true
    }

    /// How many portions nobody has bought, and nobody is buying.
    pub fn left(&self) -> u32 {
        *self.portions.lock().unwrap()
    }
}
