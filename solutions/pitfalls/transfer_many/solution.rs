//! Both locks are held for the whole transfer, and always taken in one order: the lower number first.

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
        let (giver, taker) = (self.account(from)?, self.account(to)?);
        if from == to {
            // One lock only: locking it twice would wait for ourselves.
            let balance = giver.lock().unwrap();
            return if amount <= *balance { Ok(()) } else { Err(Refused::NotEnough(*balance)) };
        }
        let (mut giver, mut taker) = if from < to {
            let giver = giver.lock().unwrap();
            (giver, taker.lock().unwrap())
        } else {
            let taker = taker.lock().unwrap();
            (giver.lock().unwrap(), taker)
        };
        *giver = giver.checked_sub(amount).ok_or(Refused::NotEnough(*giver))?;
        *taker += amount;
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
