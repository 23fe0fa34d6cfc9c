//! Judges `latch` under every schedule: it opens for everybody, not before the last count, and never too late.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/latch.rs"]
mod exercise;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread::{self, JoinHandle};
use std::{Explorer, FaultKind};

use exercise::Latch;

/// A latch, and dishes that cooks prepare before they count.
struct Kitchen {
    latch: Latch,
    dishes: [AtomicUsize; 2],
}

impl Kitchen {
    fn new(count: usize) -> Arc<Self> {
        Arc::new(Self { latch: Latch::new(count), dishes: [(); 2].map(|()| AtomicUsize::new(0)) })
    }

    /// Relaxed, so that nothing but the latch itself makes the dish visible to others.
    fn prepare(&self, dish: usize) {
        self.dishes[dish].store(1, Relaxed);
        self.latch.count_down();
    }

    /// Waits, and counts the dishes that can be seen then.
    fn open(&self) -> usize {
        self.latch.wait();
        self.dishes.iter().map(|dish| dish.load(Relaxed)).sum()
    }
}

/// Somebody who does something in the kitchen, on a thread of their own.
fn hire<R: Send + 'static>(
    kitchen: &Arc<Kitchen>,
    job: impl FnOnce(&Kitchen) -> R + Send + 'static,
) -> JoinHandle<R> {
    let kitchen = Arc::clone(kitchen);
    thread::spawn(move || job(&kitchen))
}

/// Every schedule. First of all a waiter must sleep: of looking again and again there is no end.
#[track_caller]
fn check(body: impl Fn() + Send + Sync + 'static) {
    who_waits_is_asleep();
    std::check(body);
}

#[test]
fn an_open_door_stays_open() {
    std::check(|| {
        Latch::new(0).wait();
        let latch = Latch::new(2);
        latch.count_down();
        latch.count_down();
        latch.wait();
        latch.wait();
    });
}

#[test]
fn one_count_too_many_changes_nothing() {
    std::check(|| {
        let latch = Latch::new(1);
        latch.count_down();
        latch.count_down();
        latch.wait();
    });
}

#[test]
fn one_count_too_many_at_the_same_time_changes_nothing_either() {
    check(|| {
        let kitchen = Kitchen::new(1);
        let eager = hire(&kitchen, |kitchen| kitchen.latch.count_down());
        kitchen.latch.count_down();
        eager.join().unwrap();
        kitchen.latch.wait();
    });
}

#[test]
fn who_waits_is_asleep() {
    let alone = Explorer::new().max_steps(20).explore(|| Latch::new(1).wait());
    let fault = alone.fault.expect("nobody has counted down, so the door is not open");
    assert!(
        matches!(fault.kind, FaultKind::Deadlock | FaultKind::LostWakeUp),
        "who waits alone at a closed door must sleep, and keep no processor busy\n\n{fault}"
    );
}

#[test]
fn the_door_opens_for_one_who_waits() {
    check(|| {
        let kitchen = Kitchen::new(1);
        let cook = hire(&kitchen, |kitchen| kitchen.prepare(0));
        assert_eq!(kitchen.open(), 1, "the cook prepared a dish and counted; it cannot be seen");
        cook.join().unwrap();
    });
}

#[test]
fn the_door_opens_for_everybody_who_waits() {
    check(|| {
        let kitchen = Kitchen::new(1);
        let guests = [(); 2].map(|()| hire(&kitchen, Kitchen::open));
        kitchen.prepare(0);
        guests.into_iter().for_each(|guest| assert_eq!(guest.join().unwrap(), 1));
    });
}

#[test]
fn the_door_opens_at_the_last_count_and_not_before() {
    check(|| {
        let kitchen = Kitchen::new(2);
        let cooks = [0, 1].map(|dish| hire(&kitchen, move |kitchen| kitchen.prepare(dish)));
        let seen = kitchen.open();
        assert_eq!(seen, 2, "two cooks prepare a dish each; {seen} can be seen at the open door");
        cooks.into_iter().for_each(|cook| cook.join().unwrap());
    });
}

#[test]
fn who_is_woken_for_nothing_sleeps_on() {
    who_waits_is_asleep();
    Explorer::new().spurious_wakes(1).check(|| {
        let kitchen = Kitchen::new(1);
        let guest = hire(&kitchen, Kitchen::open);
        kitchen.prepare(0);
        assert_eq!(guest.join().unwrap(), 1, "the door is not open before the cook has counted");
    });
}
