//! Judges `sum_halves`: who is called, with what, in which thread, and what becomes of a panic.

use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::Mutex;
use std::thread;

use exercise::sum_halves;
use exercises::meeting::Meeting;

#[path = "../threads/sum_halves.rs"]
mod exercise;

/// The halves that `count` was given, the one that begins with the smaller bill first.
fn halves_of(bills: &[u64]) -> Vec<Vec<u64>> {
    let halves = Mutex::new(Vec::new());
    sum_halves(bills, |half| {
        halves.lock().unwrap().push(half.to_vec());
        half.iter().sum()
    });
    let mut halves = halves.into_inner().unwrap();
    halves.sort();
    halves
}

#[test]
fn the_sum_is_that_of_all_bills() {
    let bills: Vec<u64> = (1..=100).collect();
    assert_eq!(sum_halves(&bills, |half| half.iter().sum()), 5050);
}

#[test]
fn an_even_number_of_bills_splits_in_the_middle() {
    assert_eq!(halves_of(&[1, 2, 3, 4]), [vec![1, 2], vec![3, 4]]);
}

#[test]
fn the_bill_in_the_middle_goes_to_the_second_half() {
    assert_eq!(
        halves_of(&[1, 2, 3, 4, 5]),
        [vec![1, 2], vec![3, 4, 5]],
        "five bills, two calls, nothing lost"
    );
}

#[test]
fn one_bill_leaves_the_first_half_empty() {
    assert_eq!(halves_of(&[7]), [vec![], vec![7]]);
}

#[test]
fn without_bills_both_halves_are_empty() {
    assert_eq!(halves_of(&[]), [[], []] as [[u64; 0]; 2], "still two calls");
}

#[test]
fn both_halves_are_counted_at_the_same_time() {
    let meeting = Meeting::of(2);
    let met = sum_halves(&[1, 2], |_| u64::from(meeting.arrive()));
    assert_eq!(
        met, 2,
        "each count waits for the other, which never came: start both before you join one"
    );
}

#[test]
fn both_threads_are_new() {
    let threads = Mutex::new(vec![thread::current().id()]);
    sum_halves(&[1, 2], |_| {
        threads.lock().unwrap().push(thread::current().id());
        0
    });
    let threads = threads.into_inner().unwrap();
    assert_eq!(threads.len(), 3, "count must be called exactly twice");
    assert!(
        threads[1] != threads[0] && threads[2] != threads[0],
        "one half was counted in the thread that called you"
    );
    assert_ne!(threads[1], threads[2], "both halves were counted in one thread");
}

#[test]
fn a_panic_arrives_with_its_own_value() {
    for culprit in [1, 2] {
        let count = |half: &[u64]| if half == [culprit] { panic_any(culprit) } else { 0 };
        let panic = catch_unwind(AssertUnwindSafe(|| sum_halves(&[1, 2], count)));
        let panic = panic
            .expect_err("a count panicked, and sum_halves returned as if nothing had happened");
        assert_eq!(
            panic.downcast_ref(),
            Some(&culprit),
            "the panic that arrived is not the one that was sent"
        );
    }
}

#[test]
fn of_two_panics_the_first_halfs_goes_first() {
    let panic = catch_unwind(|| sum_halves(&[1, 2], |half| panic_any(half[0])));
    let panic = panic.expect_err("both counts panicked");
    assert_eq!(panic.downcast_ref(), Some(&1_u64));
}
