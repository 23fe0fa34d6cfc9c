//! Believes: the smallest pass is the hardest test, so room for one shows all that a larger one would.
//! Rejected by: a_pass_that_gives_the_newest_plate_first_is_caught

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
    plates_come_in_order,
    a_full_pass_makes_the_cook_wait,
    closing_sends_all_waiters_home,
    two_waiters_get_two_plates_with_room_for_one,
];

/// One plate after the other: with room for one, the newest is the oldest.
fn plates_come_in_order(build: Build) {
    let pass = build(1);
    for plate in [1, 2] {
        pass.put(plate);
        assert_eq!(pass.take(), Some(plate));
    }
    pass.close();
    assert_eq!(pass.take(), None);
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

/// The cook has to wait between the plates: is the right one woken?
fn two_waiters_get_two_plates_with_room_for_one(build: Build) {
    two_waiters_get_two_plates(&build(1));
}

fn two_waiters_get_two_plates(pass: &Arc<dyn Pass>) {
    let waiters = [(); 2].map(|()| waiter(pass));
    pass.put(1);
    pass.put(2);
    // Who gets which is open; that both get one is not.
    let mut plates = waiters.map(|waiter| waiter.join().unwrap());
    plates.sort_unstable();
    assert_eq!(plates, [Some(1), Some(2)]);
}

/// A waiter who takes one plate.
fn waiter(pass: &Arc<dyn Pass>) -> thread::JoinHandle<Option<u32>> {
    let pass = Arc::clone(pass);
    thread::spawn(move || pass.take())
}
