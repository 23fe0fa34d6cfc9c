//! Threads that wait for each other.

use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::thread;
use std::time::Duration;

/// Two transfers in opposite directions. The barrier makes both hold their first lock before either
/// asks for its second, so that it happens every time.
pub fn deadlock() {
    let [from, to] = [Arc::new(Mutex::new(100)), Arc::new(Mutex::new(100))];
    let both_hold = Arc::new(Barrier::new(2));
    let transfer = |name: &str, first: &Arc<Mutex<i32>>, second: &Arc<Mutex<i32>>| {
        let (first, second) = (Arc::clone(first), Arc::clone(second));
        let both_hold = Arc::clone(&both_hold);
        let transfer = move || {
            let mut from = first.lock().unwrap();
            both_hold.wait();
            *second.lock().unwrap() += 1;
            *from -= 1;
        };
        thread::Builder::new().name(name.to_owned()).spawn(transfer).unwrap()
    };
    let transfers = [transfer("withdraw", &from, &to), transfer("deposit", &to, &from)];
    transfers.map(|transfer| transfer.join().unwrap());
}

/// Takes a lock it already holds.
pub fn self_lock() {
    let pot = Mutex::new(1);
    let _held = pot.lock().unwrap();
    let _again = pot.lock().unwrap();
}

/// Receives while it holds a sender itself, so that the messages never end.
pub fn recv_forever() {
    let (_sender, orders) = mpsc::channel::<u32>();
    for order in orders {
        println!("{order}");
    }
}

/// Looks stuck to anybody in a hurry, but its wait has a timeout: all goes well in the end.
pub fn nap_at_a_lock() {
    let (_sender, orders) = mpsc::channel::<u32>();
    assert!(orders.recv_timeout(Duration::from_millis(700)).is_err());
    println!("nobody ordered");
}
