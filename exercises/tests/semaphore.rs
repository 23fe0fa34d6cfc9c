//! Judges `semaphore` under every schedule: never too many inside, nobody waits in vain, no permit is lost.

extern crate interleave as std;

#[path = "../threads/semaphore.rs"]
mod exercise;

// The real atomics: what they count is about all schedules together, so it must outlive each.
use core::sync::atomic::AtomicUsize as Across;
use std::mem;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

use exercise::Semaphore;

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
fn who_waits_is_let_in_when_a_permit_goes_back() {
    std::check(|| {
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
        std::check(move || {
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
fn a_panic_gives_the_permit_back() {
    std::check(|| {
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
