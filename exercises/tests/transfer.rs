//! Judges `transfer` under every schedule: the total is always the same, nobody overdraws, nobody is stuck.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/transfer.rs"]
mod exercise;

use std::sync::Arc;
use std::thread;

use exercise::{Bank, Who};

#[test]
fn one_transfer_moves_the_money() {
    let bank = Bank::new(100, 20);
    assert!(bank.transfer(Who::Ann, 30), "Ann has 100 and gives 30");
    assert_eq!(bank.balances(), (70, 50));
    assert!(!bank.transfer(Who::Ben, 51), "Ben has 50 and cannot give 51");
    assert_eq!(bank.balances(), (70, 50), "a refused transfer moves nothing");
}

#[test]
fn two_transfers_of_the_same_money_are_one_too_many() {
    for (giver, ann, ben, after) in [(Who::Ann, 100, 0, (20, 80)), (Who::Ben, 0, 100, (80, 20))] {
        std::check(move || {
            let bank = Arc::new(Bank::new(ann, ben));
            let theirs = Arc::clone(&bank);
            let other = thread::spawn(move || theirs.transfer(giver, 80));
            let mine = bank.transfer(giver, 80);
            let theirs = other.join().unwrap();
            assert!(mine != theirs, "100 pay for one transfer of 80: {mine} and {theirs}");
            assert_eq!(bank.balances(), after);
        });
    }
}

#[test]
fn whoever_looks_sees_the_same_total() {
    for giver in [Who::Ann, Who::Ben] {
        std::check(move || {
            let bank = Arc::new(Bank::new(50, 50));
            let theirs = Arc::clone(&bank);
            let mover = thread::spawn(move || theirs.transfer(giver, 30));
            let (ann, ben) = bank.balances();
            assert_eq!(ann + ben, 100, "somebody looked and saw {ann} and {ben}");
            mover.join().unwrap();
        });
    }
}

#[test]
fn transfers_in_both_directions_never_get_stuck() {
    std::check(|| {
        let bank = Arc::new(Bank::new(100, 100));
        let theirs = Arc::clone(&bank);
        let other = thread::spawn(move || theirs.transfer(Who::Ben, 10));
        bank.transfer(Who::Ann, 30);
        other.join().unwrap();
        assert_eq!(bank.balances(), (80, 120));
    });
}
