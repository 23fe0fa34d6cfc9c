//! Judges `recover_poison`: what is there after a panic on each shelf, for whom, and who hears of it.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/recover_poison.rs"]
mod exercise;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::thread;

use exercise::{Pantry, Stock};

/// A pantry of 10, 20, 30, restocked by 1 a shelf, where the floor gives way at the shelf `at`.
/// Also whether whoever restocked has heard of it.
fn after_the_floor_gave_way(at: usize) -> (Pantry, bool) {
    let pantry = Pantry::new([10, 20, 30]);
    let heard = give_way(&pantry, at);
    (pantry, heard)
}

fn give_way(pantry: &Pantry, at: usize) -> bool {
    // Panics without the message that would look like a failure of the judge.
    let unpack =
        |shelf| if shelf == at { resume_unwind(Box::new("the floor gave way")) } else { 1 };
    catch_unwind(AssertUnwindSafe(|| pantry.restock(unpack))).is_err()
}

/// What is there, if one can still find out.
fn stock_of(pantry: &Pantry) -> Stock {
    let stock = catch_unwind(AssertUnwindSafe(|| pantry.stock()));
    stock.unwrap_or_else(|_| panic!("`stock` panicked, for the panic of somebody before"))
}

#[test]
fn a_pantry_is_restocked() {
    let pantry = Pantry::new([10, 20, 30]);
    pantry.restock(|shelf| shelf as u32);
    assert_eq!(pantry.stock(), Stock { shelves: [10, 21, 32], total: 63 });
}

#[test]
fn after_a_panic_one_can_look_again() {
    let (pantry, _) = after_the_floor_gave_way(1);
    stock_of(&pantry);
}

#[test]
fn what_lies_on_a_shelf_stays_there() {
    let shelves = [0, 1, 2].map(|at| stock_of(&after_the_floor_gave_way(at).0).shelves);
    assert_eq!(
        shelves,
        [[10, 20, 30], [11, 20, 30], [11, 21, 30]],
        "the shelves, when unpacking panicked at the first, the second, the third"
    );
}

#[test]
fn after_a_panic_the_total_is_that_of_the_shelves() {
    for at in 0..3 {
        let Stock { shelves, total } = stock_of(&after_the_floor_gave_way(at).0);
        assert_eq!(total, shelves.iter().sum(), "the total, where the shelves say {shelves:?}");
    }
}

#[test]
fn after_a_panic_one_can_restock_again() {
    let (pantry, _) = after_the_floor_gave_way(1);
    let again = catch_unwind(AssertUnwindSafe(|| pantry.restock(|_| 5)));
    assert!(again.is_ok(), "`restock` panicked, for the panic of somebody before");
    assert_eq!(pantry.stock(), Stock { shelves: [16, 25, 35], total: 76 });
}

#[test]
fn once_recovered_the_lock_is_as_good_as_new() {
    let (pantry, _) = after_the_floor_gave_way(1);
    stock_of(&pantry);
    assert!(
        pantry.stock.lock().is_ok(),
        "after a recovery, somebody who locks with a plain `unwrap` still panics"
    );
}

#[test]
fn it_recovers_from_every_panic_not_only_from_the_first() {
    let (pantry, _) = after_the_floor_gave_way(1);
    stock_of(&pantry);
    give_way(&pantry, 2);
    assert_eq!(stock_of(&pantry), Stock { shelves: [12, 21, 30], total: 63 });
}

#[test]
fn who_restocked_hears_of_the_panic() {
    let (_, heard) = after_the_floor_gave_way(1);
    assert!(heard, "unpacking panicked, and `restock` returned as if all was well");
}

#[test]
fn nobody_sees_the_lock_mended_before_the_total_is() {
    std::check(|| {
        let pantry = Arc::new(after_the_floor_gave_way(1).0);
        let theirs = Arc::clone(&pantry);
        let other = thread::spawn(move || theirs.stock());
        for Stock { shelves, total } in [pantry.stock(), other.join().unwrap()] {
            assert_eq!(total, shelves.iter().sum(), "the total, where the shelves say {shelves:?}");
        }
    });
}
