//! One invariant, "the total is constant", ties both balances together: so one lock holds both.

use std::sync::Mutex;

/// Who owns an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Ann,
    Ben,
}

/// The two accounts.
pub struct Bank {
    /// Ann's, Ben's. Two locks would let an observer look between them.
    balances: Mutex<(u32, u32)>,
}

impl Bank {
    /// A bank with these balances.
    pub fn new(ann: u32, ben: u32) -> Self {
        Self { balances: Mutex::new((ann, ben)) }
    }

    /// Moves `amount` from one's account to the other's. False, and nothing moved, if there is not enough.
    pub fn transfer(&self, from: Who, amount: u32) -> bool {
        let mut balances = self.balances.lock().unwrap();
        let (ann, ben) = &mut *balances;
        let (from, to) = match from {
            Who::Ann => (ann, ben),
            Who::Ben => (ben, ann),
        };
        // The check and the move are under one guard: nobody can spend the money in between.
        let Some(rest) = from.checked_sub(amount) else { return false };
        *from = rest;
        *to += amount;
        true
    }

    /// Both balances at one moment: Ann's, Ben's.
    pub fn balances(&self) -> (u32, u32) {
        *self.balances.lock().unwrap()
    }
}
