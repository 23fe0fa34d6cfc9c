//! Two cooks need the pan and the knife.
//!
//! Goal: bring the kitchen to a standstill.

use std::sync::{Arc, Mutex};
use std::thread;

/// What there is one of.
#[derive(Default)]
struct Kitchen {
    pan: Mutex<u32>,
    knife: Mutex<u32>,
}

fn fry(kitchen: &Kitchen) {
    let mut pan = kitchen.pan.lock().unwrap();
    let mut knife = kitchen.knife.lock().unwrap();
    *pan += 1;
    *knife += 1;
}

/// Takes the same two things in the other order.
fn chop(kitchen: &Kitchen) {
    let mut knife = kitchen.knife.lock().unwrap();
    let mut pan = kitchen.pan.lock().unwrap();
    *knife += 1;
    *pan += 1;
}

fn two_cooks(first: fn(&Kitchen), second: fn(&Kitchen)) {
    let kitchen = Arc::new(Kitchen::default());
    let cooks = [first, second].map(|work| {
        let kitchen = Arc::clone(&kitchen);
        thread::spawn(move || work(&kitchen))
    });
    for cook in cooks {
        cook.join().unwrap();
    }
}

pub(crate) fn broken() {
    two_cooks(fry, chop);
}

/// Everybody takes the pan first.
pub(crate) fn fixed() {
    two_cooks(fry, fry);
}
