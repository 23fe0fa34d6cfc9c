//! Believes: one cook and one waiter on two threads show all that can go wrong.
//! Rejected by: a_pass_that_closes_for_one_waiter_only_is_caught

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
pub const SCENARIOS: &[fn(Build)] =
    &[plates_come_in_order_and_then_none, a_full_pass_makes_the_cook_wait, a_cook_and_a_waiter];

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

/// One who puts, one who takes, three plates. A wake-up for the wrong one needs a second one.
fn a_cook_and_a_waiter(build: Build) {
    let pass = build(1);
    let waiter = {
        let pass = Arc::clone(&pass);
        thread::spawn(move || [pass.take(), pass.take(), pass.take(), pass.take()])
    };
    for plate in [1, 2, 3] {
        pass.put(plate);
    }
    pass.close();
    assert_eq!(waiter.join().unwrap(), [Some(1), Some(2), Some(3), None]);
}
