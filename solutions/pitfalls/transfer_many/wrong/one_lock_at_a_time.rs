//! Believes: holding one lock at a time is the safest way never to get stuck.
//! Rejected by: the_same_money_is_never_given_twice: check-then-act

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

    /// Moves `amount`; between the look and the taking, another cook may take it.
    pub fn transfer(&self, from: usize, to: usize, amount: u32) -> Result<(), Refused> {
        let has = self.balance(from).ok_or(Refused::NoSuchAccount(from))?;
        self.balance(to).ok_or(Refused::NoSuchAccount(to))?;
        if has < amount {
            return Err(Refused::NotEnough(has));
        }
        if from != to {
            let mut giver = self.accounts[from].lock().unwrap();
            *giver = giver.wrapping_sub(amount);
            drop(giver);
            *self.accounts[to].lock().unwrap() += amount;
        }
        Ok(())
    }

    /// The balance of an account, or `None` if there is no such account.
    pub fn balance(&self, account: usize) -> Option<u32> {
        self.accounts.get(account).map(|balance| *balance.lock().unwrap())
    }
}
