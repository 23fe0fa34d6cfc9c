//! Judges `admission`: how many are let in, how fast others are refused, and when a place is free again.

#[path = "../hybrid/admission.rs"]
mod exercise;

use std::cell::Cell;
use std::future::{pending, ready};
use std::panic::AssertUnwindSafe;
use std::pin::pin;

use exercise::{Admission, Busy};
use futures::FutureExt;
use tokio::sync::oneshot;

/// Work in the making, polled by hand: once, and it is either over or it holds its place.
macro_rules! begin {
    ($call:expr) => {{
        let mut call = Box::pin($call);
        assert_eq!(
            (&mut call).now_or_never(),
            None,
            "this work cannot be over, it waits for the judge"
        );
        call
    }};
}

#[test]
fn work_is_done_and_its_value_returned() {
    let door = Admission::new(1);
    assert_eq!(door.admit(ready("quote")).now_or_never(), Some(Ok("quote")));
}

#[test]
fn as_many_are_let_in_as_there_are_places() {
    for places in 1..=4 {
        let door = Admission::new(places);
        let _inside: Vec<_> = (0..places).map(|_| begin!(door.admit(pending::<()>()))).collect();
        let refused = door.admit(ready(())).now_or_never();
        assert_eq!(
            refused,
            Some(Err(Busy)),
            "{places} of {places} places are taken: refuse, and do not wait"
        );
    }
}

#[test]
fn a_door_without_places_refuses_everyone() {
    assert_eq!(Admission::new(0).admit(ready(())).now_or_never(), Some(Err(Busy)));
}

#[test]
fn refused_work_is_never_begun() {
    let door = Admission::new(1);
    let _inside = begin!(door.admit(pending::<()>()));
    let begun = Cell::new(false);
    let refused = door.admit(async { begun.set(true) }).now_or_never();
    assert_eq!(refused, Some(Err(Busy)));
    assert!(!begun.get(), "the work was refused and begun all the same");
}

#[tokio::test]
async fn a_place_is_free_again_when_its_work_is_done() {
    let door = Admission::new(1);
    for round in 0..3 {
        let (finish, finished) = oneshot::channel();
        let inside = begin!(door.admit(finished));
        finish.send(round).expect("the work waits for this");
        assert_eq!(inside.await, Ok(Ok(round)));
    }
}

#[test]
fn a_place_is_free_again_when_the_caller_leaves() {
    let door = Admission::new(1);
    drop(begin!(door.admit(pending::<()>())));
    let next = door.admit(ready(())).now_or_never();
    assert_eq!(next, Some(Ok(())), "the caller dropped its future, and its place is still taken");
}

#[test]
fn a_place_is_free_again_when_the_work_panics() {
    let door = Admission::new(1);
    let burnt =
        AssertUnwindSafe(door.admit(async { panic!("told to") })).catch_unwind().now_or_never();
    assert!(matches!(burnt, Some(Err(_))), "the panic reaches the caller");
    let next = door.admit(ready(())).now_or_never();
    assert_eq!(next, Some(Ok(())), "the work panicked, and its place is still taken");
}

#[test]
fn a_call_that_was_never_polled_takes_no_place() {
    let door = Admission::new(1);
    let _lazy = pin!(door.admit(pending::<()>()));
    let next = door.admit(ready(())).now_or_never();
    assert_eq!(next, Some(Ok(())), "a future does nothing until it is polled");
}
