//! Believes: a rail for each cook needs no lock, and dealing the orders like cards is fair.
//! Rejected by: a_free_cook_takes_the_next_order_whatever_the_other_does: deadlock

use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};
use std::thread;

pub fn work_queue<O>(
    orders: O,
    room: usize,
    cooks: usize,
    cook: impl Fn(u32) + Send + Sync + 'static,
) where
    O: Iterator<Item = u32>,
{
    let cook = Arc::new(cook);
    let start = |_| {
        let (rail, slips) = mpsc::sync_channel(room);
        let cook = Arc::clone(&cook);
        let thread = thread::spawn(move || slips.into_iter().for_each(|order| cook(order)));
        (rail, thread)
    };
    let (rails, cooks): (Vec<SyncSender<u32>>, Vec<_>) = (0..cooks).map(start).unzip();
    for (order, rail) in orders.zip(rails.iter().cycle()) {
        rail.send(order).expect("this cook is there until the rail is closed");
    }
    drop(rails);
    for cook in cooks {
        cook.join().expect("cooking does not panic");
    }
}
