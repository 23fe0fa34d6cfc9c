//! A judge as the exercises have them: its answer deadlocks inside a test.

use std::sync::{Arc, Mutex};
use std::thread;

#[test]
fn a_test_that_waits_for_ever() {
    let pot = Arc::new(Mutex::new(3));
    let held = pot.lock().unwrap();
    let theirs = Arc::clone(&pot);
    let cook = thread::Builder::new().name("second-cook".to_owned());
    cook.spawn(move || *theirs.lock().unwrap()).unwrap().join().unwrap();
    drop(held);
}
