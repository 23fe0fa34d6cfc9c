//! Judges `event` under every schedule, and at a real door: nobody comes in early, nobody is forgotten outside.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/event.rs"]
mod exercise;

use std::Explorer;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use exercise::Event;
use exercises::crowd::Crowd;

const AN_HOUR: Duration = Duration::from_secs(60 * 60);

#[test]
fn what_has_happened_stays_so() {
    std::check(|| {
        let event = Event::new();
        assert!(!event.is_set(), "nothing has happened yet");
        assert!(!event.wait_for(AN_HOUR), "nothing has happened yet");
        event.set();
        event.set();
        for _ in 0..2 {
            event.wait();
            assert!(event.is_set() && event.wait_for(AN_HOUR), "it has happened, not for one only");
        }
    });
}

/// So many wait while one opens the door. None gets in before it is open.
fn open_the_door(crowd: usize) {
    let door = Arc::new((Event::new(), AtomicBool::new(false)));
    let guests: Vec<_> = (0..crowd)
        .map(|_| {
            let door = Arc::clone(&door);
            thread::spawn(move || {
                door.0.wait();
                assert!(door.1.load(SeqCst), "somebody came in before the door was open");
            })
        })
        .collect();
    door.1.store(true, SeqCst);
    door.0.set();
    guests.into_iter().for_each(|guest| guest.join().unwrap());
}

#[test]
fn who_waits_is_woken_whenever_it_happens() {
    std::check(|| open_the_door(1));
}

#[test]
fn all_who_wait_are_woken() {
    std::check(|| open_the_door(2));
}

#[test]
fn who_wakes_for_nothing_waits_on() {
    Explorer::new().spurious_wakes(1).check(|| open_the_door(1));
}

#[test]
fn a_limit_that_runs_out_is_no_event() {
    std::check(|| {
        let (event, open) = (Event::new(), AtomicBool::new(false));
        thread::scope(|street| {
            street.spawn(|| {
                if event.wait_for(AN_HOUR) {
                    assert!(open.load(SeqCst), "told that the door is open, and it is not");
                }
            });
            open.store(true, SeqCst);
            event.set();
        });
    });
}

#[test]
fn nobody_waits_to_the_end_of_a_limit_when_it_has_happened() {
    let (event, street) = (Event::new(), Crowd::default());
    let told = thread::scope(|scope| {
        let guest = scope.spawn(|| {
            let _visit = street.enter();
            event.wait_for(AN_HOUR)
        });
        street.wait_until(|counts| counts.inside == 1);
        // More than once: a notification missed by a hair is what the other tests judge.
        for _ in 0..50 {
            if !guest.is_finished() {
                event.set();
                thread::sleep(Duration::from_millis(10));
            }
        }
        guest.join().unwrap()
    });
    assert!(told, "it happened, and the one who waited was told that it did not");
}

#[test]
fn those_with_a_limit_and_those_without_are_woken_together() {
    std::check(|| {
        let event = Event::new();
        thread::scope(|street| {
            street.spawn(|| event.wait_for(AN_HOUR));
            street.spawn(|| event.wait());
            event.set();
        });
    });
}

#[test]
fn who_looks_after_it_has_happened_sees_it_whoever_else_is_at_the_door() {
    std::check(|| {
        let event = Event::new();
        thread::scope(|street| {
            street.spawn(|| event.wait());
            event.set();
            assert!(event.is_set(), "it has happened, and somebody is coming in");
        });
    });
}
