//! Judges `try_both`, by hands that hold a tool on purpose and under every schedule: nobody waits, nobody gets stuck.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/try_both.rs"]
mod exercise;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};
use std::thread;

use exercise::try_both;

/// Steps back that would be needed only by a cook who never gives up.
const TOO_MANY: usize = 100;

/// Tries so often for a first and a second tool, and notes how many tries had failed at each step back.
fn steps_back(knife: &Mutex<u32>, board: &Mutex<u32>, tries: usize) -> (Option<u32>, Vec<usize>) {
    let mut steps = vec![];
    let step_back = |failed| {
        steps.push(failed);
        assert!(steps.len() < TOO_MANY, "{tries} tries are allowed, and there is no end of them");
    };
    let dish = try_both(knife, board, tries, step_back, |knife, board| *knife + *board);
    (dish, steps)
}

#[test]
fn free_tools_are_taken_at_the_first_try() {
    let (knife, board) = (Mutex::new(1), Mutex::new(2));
    assert_eq!(steps_back(&knife, &board, 1), (Some(3), vec![]), "both tools were free");
    let both = (knife.try_lock().is_ok(), board.try_lock().is_ok());
    assert_eq!(both, (true, true), "after the job both tools are back");
}

#[test]
fn the_job_may_change_both() {
    let (knife, board) = (Mutex::new(1), Mutex::new("clean"));
    let swap = |knife: &mut u32, board: &mut &str| (*knife, *board) = (7, "full");
    assert_eq!(try_both(&knife, &board, 1, |_| (), swap), Some(()));
    assert_eq!((*knife.lock().unwrap(), *board.lock().unwrap()), (7, "full"));
}

// Under the explorer, here and below, whoever waits is found out at once: nobody else is there to wait for.
#[test]
fn a_second_tool_that_is_never_free_is_given_up() {
    std::check(|| {
        let (knife, board) = (Mutex::new(1), Mutex::new(2));
        let _in_hand = board.lock().unwrap();
        let given_up = (None, vec![1, 2]);
        assert_eq!(steps_back(&knife, &board, 3), given_up, "three tries, two steps back");
        assert_eq!(steps_back(&knife, &board, 1), (None, vec![]), "one try, no step back");
        assert_eq!(steps_back(&knife, &board, 0), (None, vec![]), "no try, no step back");
    });
}

#[test]
fn a_first_tool_that_is_never_free_is_given_up() {
    std::check(|| {
        let (knife, board) = (Mutex::new(1), Mutex::new(2));
        let _in_hand = knife.lock().unwrap();
        let given_up = (None, vec![1, 2]);
        assert_eq!(steps_back(&knife, &board, 3), given_up, "three tries, two steps back");
    });
}

#[test]
fn a_tool_that_comes_back_in_time_is_taken() {
    std::check(|| {
        let (knife, board) = (Mutex::new(1), Mutex::new(2));
        let mut in_hand = Some(board.lock().unwrap());
        let give_back_after_two = |failed| {
            if failed == 2 {
                in_hand = None;
            }
        };
        let dish = try_both(&knife, &board, 3, give_back_after_two, |knife, board| *knife + *board);
        assert_eq!(dish, Some(3), "the board was free before the third try");
    });
}

#[test]
fn who_steps_back_has_empty_hands() {
    std::check(|| {
        let (knife, board) = (Mutex::new(1), Mutex::new(2));
        let _in_hand = board.lock().unwrap();
        let look = |_| assert!(knife.try_lock().is_ok(), "who steps back still holds the knife");
        assert_eq!(try_both(&knife, &board, 2, look, |_, _| ()), None, "the board is not free");
        assert_eq!(try_both(&board, &knife, 2, look, |_, _| ()), None, "the board is not free");
    });
}

#[test]
fn a_tool_that_somebody_has_panicked_with_is_not_taken_for_a_busy_one() {
    let (knife, board) = (Mutex::new(1), Mutex::new(2));
    let accident = catch_unwind(AssertUnwindSafe(|| {
        let _in_hand = board.lock().unwrap();
        resume_unwind(Box::new("a cut finger")); // a panic that prints nothing
    }));
    assert!(accident.is_err() && board.is_poisoned());
    // The knife is a new one for each: who panics with it in hand has poisoned it, too.
    let tried = catch_unwind(AssertUnwindSafe(|| steps_back(&knife, &board, 3)));
    assert!(tried.is_err(), "a poisoned second tool is a panic, not `{:?}`", tried.ok());
    let knife = Mutex::new(1);
    let tried = catch_unwind(AssertUnwindSafe(|| steps_back(&board, &knife, 3)));
    assert!(tried.is_err(), "a poisoned first tool is a panic, not `{:?}`", tried.ok());
}

/// Two cooks, each so many tries, one knife and one board, wanted crosswise; a dish adds one to both.
fn crosswise(tries: usize) {
    std::check(move || {
        let tools = Arc::new((Mutex::new(0), Mutex::new(0)));
        let theirs = Arc::clone(&tools);
        let cook = |knife: &mut u32, board: &mut u32| (*knife, *board) = (*knife + 1, *board + 1);
        let other = thread::spawn(move || {
            try_both(&theirs.1, &theirs.0, tries, |_| (), |board, knife| cook(knife, board))
        });
        let mine = try_both(&tools.0, &tools.1, tries, |_| (), cook);
        let dishes = [mine, other.join().unwrap()].into_iter().flatten().count() as u32;
        let (knife, board) = (*tools.0.lock().unwrap(), *tools.1.lock().unwrap());
        assert_eq!((knife, board), (dishes, dishes), "{dishes} dishes were said to be done");
    });
}

#[test]
fn two_who_try_once_crosswise_never_get_stuck() {
    crosswise(1);
}

#[test]
fn two_who_try_twice_crosswise_never_get_stuck() {
    crosswise(2);
}
