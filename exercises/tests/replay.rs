//! Judges `replay`: the run of the report is made again, the regression test holds, and the pantry is mended.

extern crate core as real;
extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/replay.rs"]
mod exercise;

// The real atomic: it counts the runs, so it must outlive each.
use real::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;

use exercise::{Pantry, make_again, regression};

/// Main and another cook want the one egg. The value says who has it: main, the other.
fn two_cooks<P: Send + Sync + 'static>(pantry: P, take: [fn(&P) -> bool; 2]) -> [bool; 2] {
    let pantry = Arc::new(pantry);
    let theirs = Arc::clone(&pantry);
    let other = thread::spawn(move || take[1](&theirs));
    [take[0](&pantry), other.join().unwrap()]
}

/// The mistake of the report.
fn look_then_take(egg: &Mutex<bool>) -> bool {
    if !*egg.lock().unwrap() {
        return false;
    }
    *egg.lock().unwrap() = false;
    true
}

fn take_at_once(egg: &Mutex<bool>) -> bool {
    std::mem::replace(&mut *egg.lock().unwrap(), false)
}

/// A scenario with one egg, and the number of runs that were begun.
fn one_egg(
    take: [fn(&Mutex<bool>) -> bool; 2],
) -> (impl Fn() + Send + Sync + 'static, Arc<AtomicUsize>) {
    let runs = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&runs);
    let scenario = move || {
        counter.fetch_add(1, SeqCst);
        let [main, other] = two_cooks(Mutex::new(true), take);
        assert!(main != other, "one egg: main has it: {main}, the other has it: {other}");
    };
    (scenario, runs)
}

/// The text with which it panics, if it does, as one line. On a thread of its own: what it says is not the verdict.
fn panic_of(test: impl FnOnce() + Send + 'static) -> Option<String> {
    let panic = thread::spawn(test).join().err()?;
    let text = panic.downcast::<String>().map(|text| *text);
    let text = text.or_else(|panic| panic.downcast::<&str>().map(|text| text.to_string()));
    let words = text.unwrap_or_default();
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn the_run_of_the_report_is_made_again_and_no_other() {
    let (scenario, runs) = one_egg([look_then_take; 2]);
    let text =
        panic_of(|| make_again(scenario)).expect("the run of the report fails; this did not");
    assert!(text.contains("one egg: main has it: true, the other has it: true"), "{text}");
    assert_eq!(runs.load(SeqCst), 1, "runs that `make_again` made; a schedule is one run");
}

/// The regression test must fail on this scenario, for the reason that is its own.
fn is_noticed(take: [fn(&Mutex<bool>) -> bool; 2]) {
    let (scenario, _) = one_egg(take);
    let text = panic_of(|| regression(scenario));
    let text = text.expect("two cooks can have the one egg, and the test did not notice");
    assert!(text.contains("one egg"), "the test failed, but not because of the egg: {text}");
}

#[test]
fn the_regression_test_fails_on_the_bug_of_the_report() {
    is_noticed([look_then_take; 2]);
}

#[test]
fn the_regression_test_passes_when_the_pantry_is_mended() {
    let (scenario, _) = one_egg([take_at_once; 2]);
    let text = panic_of(|| regression(scenario));
    assert_eq!(text, None, "nothing is wrong with this pantry, and the test failed");
}

#[test]
fn the_regression_test_fails_when_half_of_the_bug_comes_back() {
    is_noticed([look_then_take, take_at_once]);
    is_noticed([take_at_once, look_then_take]);
}

#[test]
fn your_pantry_gives_the_egg_to_one_of_two_cooks() {
    std::check(|| {
        let [main, other] = two_cooks(Pantry::new(), [Pantry::take; 2]);
        assert!(main != other, "one egg: main has it: {main}, the other has it: {other}");
    });
}
