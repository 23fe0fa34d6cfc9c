//! A bank with many accounts, numbered from 0, and a lock for each: transfers that share no account
//! must be able to go on at the same time, so one lock for the whole bank will not do.
//!
//! Many cooks transfer at once, in both directions, and nobody may ever get stuck. A transfer of more
//! than there is, or to or from an account that does not exist, moves nothing and says why. A transfer
//! from an account to itself is allowed, if there is enough, and changes nothing.

use std::sync::Mutex;

/// The accounts' balances.
pub struct Bank {
    /// Each under its own lock; the judge keeps one of them locked, to see who waits for it.
    pub accounts: Vec<Mutex<u32>>,
}

/// Why nothing was moved.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no account with this number.
    NoSuchAccount(usize),
    /// The giver has only this much.
    NotEnough(u32),
}

impl Bank {
    /// A bank with these balances.
    pub fn new(balances: &[u32]) -> Self {
        Self { accounts: balances.iter().map(|balance| Mutex::new(*balance)).collect() }
    }

    /// Moves `amount` from one account to another.
    pub fn transfer(&self, from: usize, to: usize, amount: u32) -> Result<(), Refused> {
        todo!()
    }

    /// The balance of an account, or `None` if there is no such account.
    pub fn balance(&self, account: usize) -> Option<u32> {
        self.accounts.get(account).map(|balance| *balance.lock().unwrap())
    }
}
