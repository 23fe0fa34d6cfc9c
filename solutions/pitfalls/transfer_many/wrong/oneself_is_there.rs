//! Believes: who transfers to oneself has an account.
//! Rejected by: a_refused_transfer_says_why_and_moves_nothing

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

    /// Moves `amount` from one account to another.
    pub fn transfer(&self, from: usize, to: usize, amount: u32) -> Result<(), Refused> {
        if from == to {
            let balance = *self.accounts[from].lock().unwrap();
            return if amount <= balance { Ok(()) } else { Err(Refused::NotEnough(balance)) };
        }
        let (giver, taker) = (self.account(from)?, self.account(to)?);
        let (low, high) = if from < to { (giver, taker) } else { (taker, giver) };
        let (mut low, mut high) = (low.lock().unwrap(), high.lock().unwrap());
        let (giver, taker) = if from < to { (&mut low, &mut high) } else { (&mut high, &mut low) };
        **giver = giver.checked_sub(amount).ok_or(Refused::NotEnough(**giver))?;
        **taker += amount;
        Ok(())
    }

    /// The balance of an account, or `None` if there is no such account.
    pub fn balance(&self, account: usize) -> Option<u32> {
        self.accounts.get(account).map(|balance| *balance.lock().unwrap())
    }

    fn account(&self, number: usize) -> Result<&Mutex<u32>, Refused> {
        self.accounts.get(number).ok_or(Refused::NoSuchAccount(number))
    }
}
