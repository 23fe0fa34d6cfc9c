//! Judges `bounded_queue` under every schedule: plates keep their order, the shelf its limit, and nobody sleeps on.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/bounded_queue.rs"]
mod exercise;

use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, Ordering::SeqCst};
use std::thread::{self, JoinHandle};
use std::{Explorer, FaultKind};

use exercise::Shelf;

/// A shelf that is counted: plates put for good, less those that somebody has begun to take. There are never
/// more of these than plates on the shelf.
struct Counted {
    shelf: Shelf,
    room: isize,
    lying: AtomicIsize,
}

impl Counted {
    fn new(room: usize) -> Arc<Self> {
        let (shelf, lying) = (Shelf::new(room), AtomicIsize::new(0));
        Arc::new(Self { shelf, room: room as isize, lying })
    }

    fn put(&self, plate: u32) {
        self.shelf.put(plate);
        let (lying, room) = (self.lying.fetch_add(1, SeqCst) + 1, self.room);
        assert!(lying <= room, "{lying} plates lie on a shelf with room for {room}");
    }

    fn take(&self) -> u32 {
        self.lying.fetch_sub(1, SeqCst);
        self.shelf.take()
    }
}

/// Somebody who does something to a shelf, on a thread of their own.
fn hire<S: Send + Sync + 'static, R: Send + 'static>(
    shelf: &Arc<S>,
    job: impl FnOnce(&S) -> R + Send + 'static,
) -> JoinHandle<R> {
    let shelf = Arc::clone(shelf);
    thread::spawn(move || job(&shelf))
}

/// Every schedule. First of all a waiter must sleep: of looking again and again there is no end.
#[track_caller]
fn check(body: impl Fn() + Send + Sync + 'static) {
    who_waits_is_asleep();
    std::check(body);
}

#[test]
fn the_oldest_plate_is_taken_first() {
    let shelf = Shelf::new(3);
    (1..=3).for_each(|plate| shelf.put(plate));
    assert_eq!([(); 3].map(|()| shelf.take()), [1, 2, 3], "1, 2, 3 were put, in this order");
}

#[test]
fn who_waits_is_asleep() {
    let alone = Explorer::new().max_steps(20).explore(|| _ = Shelf::new(1).take());
    let fault = alone.fault.expect("nobody puts a plate on the shelf, so there is none to take");
    assert!(
        matches!(fault.kind, FaultKind::Deadlock | FaultKind::LostWakeUp),
        "a waiter alone with an empty shelf must sleep, and keep no processor busy\n\n{fault}"
    );
}

#[test]
fn a_waiter_waits_for_a_plate() {
    check(|| {
        let shelf = Arc::new(Shelf::new(1));
        let waiter = hire(&shelf, Shelf::take);
        shelf.put(7);
        assert_eq!(waiter.join().unwrap(), 7);
    });
}

#[test]
fn a_cook_waits_for_room() {
    check(|| {
        let shelf = Counted::new(1);
        let cook = hire(&shelf, |shelf| (1..=2).for_each(|plate| shelf.put(plate)));
        assert_eq!([(); 2].map(|()| shelf.take()), [1, 2], "plates leave in the order they came");
        cook.join().unwrap();
    });
}

#[test]
fn two_waiters_each_get_a_plate() {
    serve_two_waiters(2);
}

#[test]
fn two_waiters_and_a_cook_who_all_have_to_wait() {
    serve_two_waiters(1);
}

fn serve_two_waiters(room: usize) {
    check(move || {
        let shelf = Arc::new(Shelf::new(room));
        let waiters = [(); 2].map(|()| hire(&shelf, Shelf::take));
        shelf.put(1);
        shelf.put(2);
        let taken = waiters.map(|waiter| waiter.join().unwrap());
        assert_eq!(taken[0] + taken[1], 3, "1 and 2 were put, {taken:?} were taken");
    });
}

#[test]
fn two_cooks_never_fill_the_same_room() {
    check(|| {
        let shelf = Counted::new(1);
        shelf.put(0);
        let cooks = [1, 2].map(|plate| hire(&shelf, move |shelf| shelf.put(plate)));
        let taken = [(); 3].map(|()| shelf.take());
        assert!(matches!(taken, [0, 1, 2] | [0, 2, 1]), "0, then 1 and 2, were put: {taken:?}");
        cooks.into_iter().for_each(|cook| cook.join().unwrap());
    });
}

#[test]
fn two_cooks_who_wait_both_get_room() {
    check(|| {
        let shelf = Counted::new(2);
        (1..=2).for_each(|plate| shelf.put(plate));
        let cooks = [3, 4].map(|plate| hire(&shelf, move |shelf| shelf.put(plate)));
        assert_eq!([(); 2].map(|()| shelf.take()), [1, 2], "plates leave in the order they came");
        cooks.into_iter().for_each(|cook| cook.join().unwrap());
    });
}

#[test]
fn who_is_woken_for_nothing_sleeps_on() {
    who_waits_is_asleep();
    Explorer::new().spurious_wakes(1).check(|| {
        let shelf = Counted::new(1);
        let cook = hire(&shelf, |shelf| (1..=2).for_each(|plate| shelf.put(plate)));
        assert_eq!([(); 2].map(|()| shelf.take()), [1, 2], "plates leave in the order they came");
        cook.join().unwrap();
    });
}
