//! Believes: the giver's lock comes first, since the money leaves there first.
//! Rejected by: transfers_in_both_directions_never_get_stuck: deadlock

use std::sync::Mutex;

/// The accounts' balances.
pub struct Bank {
    /// Each under its own lock.
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

    /// Moves `amount`; the locks are taken in the order of the money.
    pub fn transfer(&self, from: usize, to: usize, amount: u32) -> Result<(), Refused> {
        let giver = self.accounts.get(from).ok_or(Refused::NoSuchAccount(from))?;
        let taker = self.accounts.get(to).ok_or(Refused::NoSuchAccount(to))?;
        let mut giver = giver.lock().unwrap();
        if *giver < amount {
            return Err(Refused::NotEnough(*giver));
        }
        if from != to {
            *taker.lock().unwrap() += amount;
            *giver -= amount;
        }
        Ok(())
    }

    /// The balance of an account, or `None` if there is no such account.
    pub fn balance(&self, account: usize) -> Option<u32> {
        self.accounts.get(account).map(|balance| *balance.lock().unwrap())
    }
}
