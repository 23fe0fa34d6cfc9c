//! A file that knows nothing of interleave: it uses the standard library, as it would at work.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

pub(crate) static SERVED: AtomicUsize = AtomicUsize::new(0);
pub(crate) static NOTES: Mutex<Vec<u32>> = Mutex::new(Vec::new());

pub(crate) fn serve_in_two_threads() -> usize {
    thread::scope(|kitchen| {
        for number in 0..2 {
            kitchen.spawn(move || {
                SERVED.fetch_add(1, Ordering::Relaxed);
                NOTES.lock().unwrap().push(number);
            });
        }
    });
    SERVED.load(Ordering::Relaxed)
}

pub(crate) fn notes() -> Vec<u32> {
    NOTES.lock().unwrap().clone()
}

mod nested {
    pub(super) fn lock() -> std::sync::Mutex<i32> {
        ::std::sync::Mutex::new(3)
    }
}

pub(crate) fn wait_for_a_cook() -> i32 {
    let shared = Arc::new((nested::lock(), Condvar::new()));
    let theirs = Arc::clone(&shared);
    let cook = thread::Builder::new()
        .name("cook".to_owned())
        .spawn(move || {
            thread::sleep(Duration::from_millis(10));
            *theirs.0.lock().unwrap() = 4;
            theirs.1.notify_one();
        })
        .unwrap();
    let (value, changed) = &*shared;
    let value = *changed.wait_while(value.lock().unwrap(), |value| *value == 3).unwrap();
    cook.join().unwrap();
    let prices: HashMap<&str, i32> = HashMap::from([("soup", value)]);
    prices["soup"]
}
