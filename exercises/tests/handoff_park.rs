//! Judges `handoff_park` under every schedule: no plate is lost, and nobody parks for ever.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/handoff_park.rs"]
mod exercise;

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::{Explorer, Wish};

use exercise::Hatch;

/// The cook, on a thread of their own: gives these plates, one after the other.
fn hire_cook(
    hatch: &Arc<Hatch>,
    plates: impl Iterator<Item = u32> + Send + 'static,
) -> JoinHandle<()> {
    let hatch = Arc::clone(hatch);
    thread::spawn(move || plates.for_each(|plate| hatch.give(plate)))
}

/// Every schedule. First of all a waiter must park: of looking again and again there is no end.
#[track_caller]
fn check(body: impl Fn() + Send + Sync + 'static) {
    who_waits_is_parked();
    std::check(body);
}

#[test]
fn a_plate_that_is_there_is_taken_at_once() {
    std::check(|| {
        let hatch = Hatch::new();
        hatch.give(1);
        assert_eq!(hatch.take(), 1);
        hatch.give(2);
        assert_eq!(hatch.take(), 2);
    });
}

#[test]
fn who_waits_is_parked() {
    let alone = || _ = Hatch::new().take();
    expect_parked(alone, "nobody gives a plate, so there is none to take");
}

#[test]
fn a_second_plate_waits_for_room() {
    let alone = || {
        let hatch = Hatch::new();
        hatch.give(1);
        hatch.give(2);
    };
    expect_parked(alone, "plate 2 was given, and nobody has taken plate 1");
}

/// Somebody who is alone must park in the end; if they do not, `why_not` is what went wrong.
#[track_caller]
fn expect_parked(alone: impl Fn() + Send + Sync + 'static, why_not: &str) {
    let fault = Explorer::new().max_steps(20).explore(alone).fault.expect(why_not);
    let wishes: Vec<_> = fault.recording.waiting.iter().map(|waiting| waiting.wish).collect();
    assert!(
        matches!(wishes[..], [Wish::Unpark]),
        "who is alone at the hatch and cannot go on must be parked, and keep no processor busy\n\n{fault}"
    );
}

#[test]
fn a_waiter_waits_for_a_plate() {
    check(|| {
        let hatch = Arc::new(Hatch::new());
        let cook = hire_cook(&hatch, 7..=7);
        assert_eq!(hatch.take(), 7);
        cook.join().unwrap();
    });
}

#[test]
fn plates_arrive_in_order() {
    check(|| {
        let hatch = Arc::new(Hatch::new());
        let cook = hire_cook(&hatch, 1..=3);
        assert_eq!([(); 3].map(|()| hatch.take()), [1, 2, 3], "given in this order");
        cook.join().unwrap();
    });
}

#[test]
fn an_unpark_for_something_else_is_no_plate() {
    check(|| {
        let hatch = Arc::new(Hatch::new());
        let cook = hire_cook(&hatch, 1..=2);
        thread::current().unpark();
        cook.thread().unpark();
        assert_eq!([hatch.take(), hatch.take()], [1, 2], "1 and 2 were given, in this order");
        cook.join().unwrap();
    });
}

#[test]
fn a_plate_of_any_number_is_a_plate() {
    std::check(|| {
        let hatch = Hatch::new();
        for plate in [0, u32::MAX] {
            hatch.give(plate);
            assert_eq!(hatch.take(), plate, "plate {plate} was given");
        }
    });
    expect_parked(
        || {
            let hatch = Hatch::new();
            hatch.give(0);
            hatch.give(1);
        },
        "plate 1 was given, and nobody has taken plate 0",
    );
}

/// As in `a_waiter_waits_for_a_plate`, but here it is the waiter who comes from elsewhere.
#[test]
fn whoever_has_built_the_hatch_may_be_the_cook() {
    check(|| {
        let hatch = Arc::new(Hatch::new());
        let theirs = Arc::clone(&hatch);
        let waiter = thread::spawn(move || theirs.take());
        hatch.give(7);
        assert_eq!(waiter.join().unwrap(), 7, "7 was given");
    });
}
