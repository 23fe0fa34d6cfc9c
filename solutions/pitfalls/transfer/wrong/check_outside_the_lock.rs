//! Believes: asking first whether there is enough, then moving, is the same as doing both at once.
//! Rejected by: two_transfers_of_the_same_money_are_one_too_many: check-then-act

use std::sync::Mutex;

/// Who owns an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Ann,
    Ben,
}

/// The two accounts.
pub struct Bank {
    balances: Mutex<(u32, u32)>,
}

impl Bank {
    /// A bank with these balances.
    pub fn new(ann: u32, ben: u32) -> Self {
        Self { balances: Mutex::new((ann, ben)) }
    }

    /// Moves `amount`; the check is made on balances that may be out of date when the move is made.
    pub fn transfer(&self, from: Who, amount: u32) -> bool {
        let (ann, ben) = self.balances();
        let has = if from == Who::Ann { ann } else { ben };
        if has < amount {
            return false;
        }
        let mut balances = self.balances.lock().unwrap();
        let (ann, ben) = &mut *balances;
        let (from, to) = if from == Who::Ann { (ann, ben) } else { (ben, ann) };
        *from = from.wrapping_sub(amount);
        *to = to.wrapping_add(amount);
        true
    }

    /// Both balances at one moment: Ann's, Ben's.
    pub fn balances(&self) -> (u32, u32) {
        *self.balances.lock().unwrap()
    }
}
