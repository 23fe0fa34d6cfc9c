//! Judges `transfer_many` under every schedule: no circle of transfers gets stuck, no money is lost.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/transfer_many.rs"]
mod exercise;

use std::sync::Arc;
use std::thread;

use exercise::{Bank, Refused};

/// Makes these transfers at once, one cook each, under every schedule; then the balances must be these.
fn at_once<const N: usize>(
    before: [u32; N],
    transfers: &'static [(usize, usize, u32)],
    after: [u32; N],
) {
    std::check(move || {
        let bank = Arc::new(Bank::new(&before));
        let cooks: Vec<_> = transfers
            .iter()
            .map(|(from, to, amount)| {
                let bank = Arc::clone(&bank);
                thread::spawn(move || bank.transfer(*from, *to, *amount))
            })
            .collect();
        for cook in cooks {
            cook.join().unwrap().expect("there is enough on every account");
        }
        let balances: Vec<_> = (0..N).map(|account| bank.balance(account).unwrap()).collect();
        assert_eq!(balances, after, "after {transfers:?}");
    });
}

#[test]
fn one_transfer_moves_the_money() {
    let bank = Bank::new(&[100, 20]);
    assert_eq!(bank.transfer(0, 1, 30), Ok(()));
    assert_eq!((bank.balance(0), bank.balance(1)), (Some(70), Some(50)));
}

#[test]
fn a_refused_transfer_says_why_and_moves_nothing() {
    let bank = Bank::new(&[100, 20]);
    assert_eq!(bank.transfer(1, 0, 21), Err(Refused::NotEnough(20)));
    assert_eq!(bank.transfer(0, 7, 1), Err(Refused::NoSuchAccount(7)));
    assert_eq!(bank.transfer(7, 0, 1), Err(Refused::NoSuchAccount(7)));
    assert_eq!(bank.transfer(7, 7, 1), Err(Refused::NoSuchAccount(7)));
    assert_eq!((bank.balance(0), bank.balance(1)), (Some(100), Some(20)));
}

#[test]
fn a_transfer_to_oneself_changes_nothing() {
    std::check(|| {
        let bank = Bank::new(&[100]);
        assert_eq!(bank.transfer(0, 0, 30), Ok(()));
        assert_eq!(bank.transfer(0, 0, 130), Err(Refused::NotEnough(100)));
        assert_eq!(bank.balance(0), Some(100), "30 went out and came back");
    });
}

#[test]
fn transfers_in_both_directions_never_get_stuck() {
    at_once([100, 100], &[(0, 1, 30), (1, 0, 10)], [80, 120]);
}

#[test]
fn a_circle_of_three_never_gets_stuck() {
    at_once([100, 100, 100], &[(0, 1, 10), (1, 2, 20), (2, 0, 30)], [120, 90, 90]);
}

#[test]
fn transfers_that_share_no_account_do_not_wait_for_each_other() {
    std::check(|| {
        let bank = Arc::new(Bank::new(&[100; 4]));
        let in_use = bank.accounts[0].lock().unwrap();
        let [held_up, free] = [(0, 1), (2, 3)].map(|(from, to)| {
            let bank = Arc::clone(&bank);
            thread::spawn(move || bank.transfer(from, to, 30))
        });
        // Whoever waits for the account in use must not keep this one waiting.
        assert_eq!(free.join().unwrap(), Ok(()));
        drop(in_use);
        assert_eq!(held_up.join().unwrap(), Ok(()));
    });
}

#[test]
fn the_same_money_is_never_given_twice() {
    std::check(|| {
        let bank = Arc::new(Bank::new(&[100, 0]));
        let theirs = Arc::clone(&bank);
        let other = thread::spawn(move || theirs.transfer(0, 1, 80).is_ok());
        let mine = bank.transfer(0, 1, 80).is_ok();
        assert!(
            mine != other.join().unwrap(),
            "100 pay for one transfer of 80, not for two, nor for none"
        );
        assert_eq!((bank.balance(0), bank.balance(1)), (Some(20), Some(80)));
    });
}
