//! Believes: holding both locks is enough, in whatever order they are taken.
//! Rejected by: transfers_in_both_directions_never_get_stuck: deadlock

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

    /// Moves `amount`, holding both locks: the giver's first, whoever that is.
    pub fn transfer(&self, from: Who, amount: u32) -> bool {
        let (from, to) =
            if from == Who::Ann { (&self.ann, &self.ben) } else { (&self.ben, &self.ann) };
        let mut from = from.lock().unwrap();
        let mut to = to.lock().unwrap();
        let Some(rest) = from.checked_sub(amount) else { return false };
        *from = rest;
        *to += amount;
        true
    }

    /// Both balances at one moment: Ann's, Ben's.
    pub fn balances(&self) -> (u32, u32) {
        let ann = self.ann.lock().unwrap();
        let ben = self.ben.lock().unwrap();
        (*ann, *ben)
    }
}
