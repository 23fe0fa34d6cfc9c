//! Judges `semaphore` under every schedule: never too many inside, nobody waits in vain, no permit is lost.

extern crate core as real;
extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/semaphore.rs"]
mod exercise;

// The real atomics: what they count is about all schedules together, so it must outlive each.
use real::sync::atomic::AtomicUsize as Across;
use std::mem;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::{Explorer, FaultKind};

use exercise::Semaphore;

/// Every schedule. First of all a waiter must sleep: of looking again and again there is no end.
#[track_caller]
fn check(body: impl Fn() + Send + Sync + 'static) {
    who_waits_is_asleep();
    std::check(body);
}

#[test]
fn there_are_as_many_permits_as_said() {
    let semaphore = Semaphore::new(2);
    let first = semaphore.try_acquire().expect("two permits are free, and none was given");
    let _second = semaphore.try_acquire().expect("one permit is free, and none was given");
    assert!(semaphore.try_acquire().is_none(), "a third permit of two");
    drop(first);
    assert!(semaphore.try_acquire().is_some(), "a permit was dropped and is not free again");
    assert!(Semaphore::new(0).try_acquire().is_none(), "a permit of none");
}

#[test]
fn who_finds_a_permit_free_does_not_wait() {
    std::check(|| {
        let semaphore = Semaphore::new(2);
        let _first = semaphore.acquire();
        let _second = semaphore.acquire();
        assert!(semaphore.try_acquire().is_none(), "a third permit of two");
    });
}

#[test]
fn who_waits_is_asleep() {
    let alone = Explorer::new().max_steps(20).explore(|| mem::forget(Semaphore::new(0).acquire()));
    let fault = alone.fault.expect("there is no permit, and one was given");
    assert!(
        matches!(fault.kind, FaultKind::Deadlock | FaultKind::LostWakeUp),
        "who waits alone for a permit must sleep, and keep no processor busy\n\n{fault}"
    );
}

#[test]
fn who_waits_is_let_in_when_a_permit_goes_back() {
    check(|| {
        let semaphore = Semaphore::new(1);
        thread::scope(|kitchen| {
            for _ in 0..2 {
                kitchen.spawn(|| drop(semaphore.acquire()));
            }
        });
        assert!(semaphore.try_acquire().is_some(), "all are gone, and the permit is not free");
    });
}

#[test]
fn as_many_are_inside_as_there_are_permits_and_never_more() {
    for (permits, others) in [(1, 2), (2, 1)] {
        let most = Arc::new(Across::new(0));
        let seen = Arc::clone(&most);
        check(move || {
            let (semaphore, inside) = (Semaphore::new(permits), AtomicUsize::new(0));
            let cook = || {
                let _permit = semaphore.acquire();
                let now = inside.fetch_add(1, SeqCst) + 1;
                seen.fetch_max(now, SeqCst);
                assert!(now <= permits, "cooks inside: {now}, permits: {permits}");
                inside.fetch_sub(1, SeqCst);
            };
            thread::scope(|kitchen| {
                for _ in 0..others {
                    kitchen.spawn(cook);
                }
                cook();
            });
        });
        let most = most.load(SeqCst);
        assert_eq!(most, permits, "the most who are inside at once, in any schedule");
    }
}

#[test]
fn the_last_permit_is_given_once() {
    std::check(|| {
        let semaphore = Semaphore::new(1);
        // A permit that is forgotten never goes back.
        let ask = || semaphore.try_acquire().map(mem::forget).is_some();
        let (mine, theirs) = thread::scope(|kitchen| {
            let other = kitchen.spawn(ask);
            (ask(), other.join().unwrap())
        });
        assert!(mine != theirs, "one permit for two who ask: {mine} and {theirs}");
    });
}

#[test]
fn two_permits_that_are_free_serve_two_who_ask_at_once() {
    std::check(|| {
        let semaphore = Semaphore::new(2);
        let ask = || semaphore.try_acquire().map(mem::forget).is_some();
        let served = thread::scope(|kitchen| {
            let other = kitchen.spawn(ask);
            [ask(), other.join().unwrap()]
        });
        assert_eq!(served, [true, true], "two permits for two who ask, and they are refused one");
    });
}

#[test]
fn who_only_asks_does_not_wait_behind_others() {
    check(|| {
        let semaphore = Semaphore::new(1);
        let taken = semaphore.acquire();
        thread::scope(|kitchen| {
            kitchen.spawn(|| drop(semaphore.acquire()));
            assert!(semaphore.try_acquire().is_none(), "a second permit of one");
            drop(taken);
        });
    });
}

#[test]
fn two_who_wait_are_both_let_in_when_two_permits_go_back() {
    check(|| {
        let semaphore = Semaphore::new(2);
        let taken = [semaphore.acquire(), semaphore.acquire()];
        thread::scope(|kitchen| {
            for _ in 0..2 {
                // A permit that is forgotten wakes nobody.
                kitchen.spawn(|| mem::forget(semaphore.acquire()));
            }
            drop(taken);
        });
    });
}

#[test]
fn who_is_woken_for_nothing_sleeps_on() {
    who_waits_is_asleep();
    Explorer::new().spurious_wakes(1).check(|| {
        let (semaphore, is_back) = (Semaphore::new(1), AtomicUsize::new(0));
        let taken = semaphore.acquire();
        thread::scope(|kitchen| {
            kitchen.spawn(|| {
                let _permit = semaphore.acquire();
                assert_eq!(is_back.load(SeqCst), 1, "a permit was given before one went back");
            });
            is_back.store(1, SeqCst);
            drop(taken);
        });
    });
}

#[test]
fn a_panic_gives_the_permit_back() {
    check(|| {
        let semaphore = Semaphore::new(1);
        let burnt = thread::scope(|kitchen| {
            let clumsy = kitchen.spawn(|| {
                let _permit = semaphore.acquire();
                resume_unwind(Box::new("burnt"));
            });
            clumsy.join().is_err()
        });
        assert!(burnt, "a panic under a permit is for whoever joins the thread");
        assert!(semaphore.try_acquire().is_some(), "the permit is gone with the cook who panicked");
    });
}
