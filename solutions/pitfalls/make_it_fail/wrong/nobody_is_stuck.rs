//! Believes: when everybody gets through, the pass is right; what they got need not be looked at.
//! Rejected by: a_pass_whose_waiter_looks_only_once_is_caught

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// What the cooks have built.
pub trait Pass: Send + Sync {
    /// Puts a plate down; waits while the pass is full.
    fn put(&self, plate: u32);
    /// Takes the plate that was put down first; waits while there is none. `None` if closed and empty.
    fn take(&self) -> Option<u32>;
    /// Says that no more plates will come.
    fn close(&self);
}

/// Builds an empty pass with room for so many plates, at least one.
pub type Build<'a> = &'a dyn Fn(usize) -> Arc<dyn Pass>;

/// The scenarios that the judge runs.
pub const SCENARIOS: &[fn(Build)] = &[
    plates_come_in_order_and_then_none,
    a_full_pass_makes_the_cook_wait,
    closing_sends_all_waiters_home,
    two_waiters_get_through_with_room_for_both,
    two_waiters_get_through_with_room_for_one,
];

/// Order needs two plates at once, and no second thread.
fn plates_come_in_order_and_then_none(build: Build) {
    let pass = build(2);
    pass.put(1);
    pass.put(2);
    pass.close();
    assert_eq!([pass.take(), pass.take(), pass.take()], [Some(1), Some(2), None]);
}

/// Before anything was taken, the second `put` cannot have come back.
fn a_full_pass_makes_the_cook_wait(build: Build) {
    let (pass, both_are_down) = (build(1), Arc::new(AtomicBool::new(false)));
    let cook = {
        let (pass, both_are_down) = (Arc::clone(&pass), Arc::clone(&both_are_down));
        thread::spawn(move || {
            pass.put(1);
            pass.put(2);
            both_are_down.store(true, Ordering::SeqCst);
        })
    };
    assert!(!both_are_down.load(Ordering::SeqCst), "two plates on a pass with room for one");
    assert_eq!([pass.take(), pass.take()], [Some(1), Some(2)]);
    cook.join().unwrap();
}

/// A wake-up that reaches one of two needs two who wait.
fn closing_sends_all_waiters_home(build: Build) {
    let pass = build(1);
    let waiters = [(); 2].map(|()| waiter(&pass));
    pass.close();
    assert_eq!(waiters.map(|waiter| waiter.join().unwrap()), [None, None]);
}

/// Two plates can lie there at once.
fn two_waiters_get_through_with_room_for_both(build: Build) {
    two_waiters_get_through(&build(2));
}

/// The cook has to wait between the plates.
fn two_waiters_get_through_with_room_for_one(build: Build) {
    two_waiters_get_through(&build(1));
}

/// Joins both waiters, and does not ask what they have.
fn two_waiters_get_through(pass: &Arc<dyn Pass>) {
    let waiters = [(); 2].map(|()| waiter(pass));
    pass.put(1);
    pass.put(2);
    for waiter in waiters {
        waiter.join().unwrap();
    }
}

/// A waiter who takes one plate.
fn waiter(pass: &Arc<dyn Pass>) -> thread::JoinHandle<Option<u32>> {
    let pass = Arc::clone(pass);
    thread::spawn(move || pass.take())
}
