//! Ann and Ben have an account each, and cooks move money between the two at the same time.
//!
//! Whoever looks at the balances, at any moment, must see the same total: money is never lost, never
//! made, and never "on its way". Nobody's balance goes below zero: a transfer of more than there is
//! moves nothing and returns `false`. And nobody ever gets stuck.

/// Who owns an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Ann,
    Ben,
}

/// The two accounts.
pub struct Bank {
    // Your fields.
}

impl Bank {
    /// A bank with these balances.
    pub fn new(ann: u32, ben: u32) -> Self {
        todo!()
    }

    /// Moves `amount` from one's account to the other's. False, and nothing moved, if there is not enough.
    pub fn transfer(&self, from: Who, amount: u32) -> bool {
        todo!()
    }

    /// Both balances at one moment: Ann's, Ben's.
    pub fn balances(&self) -> (u32, u32) {
        todo!()
    }
}
