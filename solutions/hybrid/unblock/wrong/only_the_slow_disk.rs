//! Believes: only input and output block; adding and receiving do not.
//! Rejected by: the_loop_goes_on_while_the_books_are_closed

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

use tokio::task::spawn_blocking;

/// Reads the menu from a slow disk.
pub async fn load_menu(read: impl FnOnce() -> String + Send + 'static) -> String {
    spawn_blocking(read).await.expect("reading the menu panicked")
}

/// Adds up a year of bills, which takes the processor a while.
pub async fn close_books(add_up: impl FnOnce() -> u64 + Send + 'static) -> u64 {
    add_up()
}

/// The next order from the till, a thread of its own; `None` when the till has closed.
pub async fn next_order(orders: Arc<Mutex<Receiver<String>>>) -> Option<String> {
    orders.lock().unwrap().recv().ok()
}
