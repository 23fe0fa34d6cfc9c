//! Two cooks ring up one plate each, at the same time.
//!
//! Goal: make the till say 1, although 2 plates were sold.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// Reads the till, then writes it.
fn sell_in_two_steps(till: &AtomicU32) {
    let seen = till.load(Ordering::SeqCst);
    till.store(seen + 1, Ordering::SeqCst);
}

/// Reads and writes in one step.
fn sell_in_one_step(till: &AtomicU32) {
    till.fetch_add(1, Ordering::SeqCst);
}

fn two_cooks(sell: fn(&AtomicU32)) {
    let till = Arc::new(AtomicU32::new(0));
    let cooks = [(); 2].map(|()| {
        let till = Arc::clone(&till);
        thread::spawn(move || sell(&till))
    });
    for cook in cooks {
        cook.join().unwrap();
    }
    assert_eq!(till.load(Ordering::SeqCst), 2, "2 plates were sold");
}

pub(crate) fn broken() {
    two_cooks(sell_in_two_steps);
}

pub(crate) fn fixed() {
    two_cooks(sell_in_one_step);
}
