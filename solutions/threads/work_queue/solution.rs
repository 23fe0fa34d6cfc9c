//! A bounded channel pushes back on whoever fills it, and a lock around its receiver lets the cooks take turns at taking.

use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;

pub fn work_queue<O>(
    orders: O,
    room: usize,
    cooks: usize,
    cook: impl Fn(u32) + Send + Sync + 'static,
) where
    O: Iterator<Item = u32>,
{
    let (rail, slips) = mpsc::sync_channel(room);
    let (slips, cook) = (Arc::new(Mutex::new(slips)), Arc::new(cook));
    let start = |_| {
        let (slips, cook) = (Arc::clone(&slips), Arc::clone(&cook));
        thread::spawn(move || {
            while let Some(order) = take(&slips) {
                cook(order);
            }
        })
    };
    let cooks: Vec<_> = (0..cooks).map(start).collect();
    for order in orders {
        rail.send(order).expect("the receiver is held here, too");
    }
    // The end of the orders: only now can the cooks find the rail closed, and only then be joined.
    drop(rail);
    for cook in cooks {
        cook.join().expect("cooking does not panic");
    }
}

/// The next order, or `None` when there will be no more. The lock is free again when this returns.
fn take(slips: &Mutex<Receiver<u32>>) -> Option<u32> {
    slips.lock().expect("nothing panics under this lock").recv().ok()
}
