//! Believes: money that leaves one account before it enters the other is safe, since nobody can take it twice.
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

    /// Moves `amount`. Ben's lock is never held while Ann's is taken, so there is no circle.
    pub fn transfer(&self, from: Who, amount: u32) -> bool {
        if from == Who::Ann {
            let mut ann = self.ann.lock().unwrap();
            let Some(rest) = ann.checked_sub(amount) else { return false };
            *self.ben.lock().unwrap() += amount;
            *ann = rest;
        } else {
            let mut ben = self.ben.lock().unwrap();
            let Some(rest) = ben.checked_sub(amount) else { return false };
            *ben = rest;
            drop(ben);
            *self.ann.lock().unwrap() += amount;
        }
        true
    }

    /// Both balances at one moment: Ann's, Ben's.
    pub fn balances(&self) -> (u32, u32) {
        let ann = self.ann.lock().unwrap();
        let ben = self.ben.lock().unwrap();
        (*ann, *ben)
    }
}
