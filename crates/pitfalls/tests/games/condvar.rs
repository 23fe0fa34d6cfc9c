//! A waiter sleeps until the bell rings; the cook puts a dish on the pass and rings.
//!
//! Goal: let the waiter sleep for ever, with the dish in front of him.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

#[derive(Default)]
struct Pass {
    /// Guards nothing: the dish lies beside it.
    door: Mutex<()>,
    is_ready: AtomicBool,
    bell: Condvar,
}

fn wait_beside_the_lock(pass: &Pass) {
    let mut door = pass.door.lock().unwrap();
    while !pass.is_ready.load(Ordering::SeqCst) {
        door = pass.bell.wait(door).unwrap();
    }
}

/// Changes what the waiter looks at without the lock under which he looks.
fn cook_beside_the_lock(pass: &Pass) {
    pass.is_ready.store(true, Ordering::SeqCst);
    pass.bell.notify_one();
}

fn cook_under_the_lock(pass: &Pass) {
    let door = pass.door.lock().unwrap();
    pass.is_ready.store(true, Ordering::SeqCst);
    drop(door);
    pass.bell.notify_one();
}

fn serve(cook: fn(&Pass)) {
    let pass = Arc::new(Pass::default());
    let staff = [wait_beside_the_lock, cook].map(|work| {
        let pass = Arc::clone(&pass);
        thread::spawn(move || work(&pass))
    });
    for person in staff {
        person.join().unwrap();
    }
}

pub(crate) fn broken() {
    serve(cook_beside_the_lock);
}

pub(crate) fn fixed() {
    serve(cook_under_the_lock);
}
