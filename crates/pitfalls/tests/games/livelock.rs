//! Two polite cooks: who finds the second tool taken puts the first one back and tries again.
//!
//! Goal: keep both busy and let neither cook, until a cook gives up.

use std::sync::{Arc, Mutex};
use std::thread;

const TRIES: usize = 2;

fn cook_politely(first: &Mutex<u32>, second: &Mutex<u32>) {
    for _ in 0..TRIES {
        let Ok(mut mine) = first.try_lock() else { continue };
        if let Ok(mut other) = second.try_lock() {
            *mine += 1;
            *other += 1;
            return;
        }
    }
    panic!("gave up, hungry, after {TRIES} tries");
}

/// Waits for the second tool instead of giving back the first.
fn cook_in_order(first: &Mutex<u32>, second: &Mutex<u32>) {
    let mut mine = first.lock().unwrap();
    *second.lock().unwrap() += 1;
    *mine += 1;
}

type Cook = fn(&Mutex<u32>, &Mutex<u32>);

fn two_cooks(cook: Cook, crosswise: bool) {
    let tools = Arc::new([Mutex::new(0), Mutex::new(0)]);
    let cooks = [false, crosswise].map(|turned| {
        let tools = Arc::clone(&tools);
        thread::spawn(move || {
            let [pan, knife] = &*tools;
            if turned { cook(knife, pan) } else { cook(pan, knife) }
        })
    });
    for cook in cooks {
        cook.join().unwrap();
    }
}

pub(crate) fn broken() {
    two_cooks(cook_politely, true);
}

/// An order for everybody, and nobody has to be polite.
pub(crate) fn fixed() {
    two_cooks(cook_in_order, false);
}
