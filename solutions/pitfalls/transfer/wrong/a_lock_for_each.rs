//! Believes: each balance has a lock of its own, so everything is guarded.
//! Rejected by: whoever_looks_sees_the_same_total: broken invariant

use std::sync::Mutex;

/// Who owns an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Ann,
    Ben,
}

/// The two accounts.
pub struct Bank {
    ann: Mutex<u32>,
    ben: Mutex<u32>,
}

impl Bank {
    /// A bank with these balances.
    pub fn new(ann: u32, ben: u32) -> Self {
        Self { ann: Mutex::new(ann), ben: Mutex::new(ben) }
    }

    /// Moves `amount`; between the two statements the money is in nobody's account.
    pub fn transfer(&self, from: Who, amount: u32) -> bool {
        let (from, to) =
            if from == Who::Ann { (&self.ann, &self.ben) } else { (&self.ben, &self.ann) };
        {
            let mut from = from.lock().unwrap();
            let Some(rest) = from.checked_sub(amount) else { return false };
            *from = rest;
        }
        *to.lock().unwrap() += amount;
        true
    }

    /// Both balances, but not of one moment.
    pub fn balances(&self) -> (u32, u32) {
        let ann = *self.ann.lock().unwrap();
        let ben = *self.ben.lock().unwrap();
        (ann, ben)
    }
}
