//! Believes: a spawned task has a thread of its own.
//! Rejected by: the_loop_goes_on_while_the_books_are_closed

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

/// Reads the menu from a slow disk.
pub async fn load_menu(read: impl FnOnce() -> String + Send + 'static) -> String {
    tokio::spawn(async { read() }).await.unwrap()
}

/// Adds up a year of bills, which takes the processor a while.
pub async fn close_books(add_up: impl FnOnce() -> u64 + Send + 'static) -> u64 {
    tokio::spawn(async { add_up() }).await.unwrap()
}

/// The next order from the till, a thread of its own; `None` when the till has closed.
pub async fn next_order(orders: Arc<Mutex<Receiver<String>>>) -> Option<String> {
    tokio::spawn(async move { orders.lock().unwrap().recv().ok() }).await.unwrap()
}
