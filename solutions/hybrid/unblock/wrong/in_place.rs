//! Believes: `block_in_place` works on every runtime. (It needs a second thread to move the other tasks to.)
//! Rejected by: the_loop_goes_on_while_the_menu_is_read

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

use tokio::task::block_in_place;

/// Reads the menu from a slow disk.
pub async fn load_menu(read: impl FnOnce() -> String + Send + 'static) -> String {
    block_in_place(read)
}

/// Adds up a year of bills, which takes the processor a while.
pub async fn close_books(add_up: impl FnOnce() -> u64 + Send + 'static) -> u64 {
    block_in_place(add_up)
}

/// The next order from the till, a thread of its own; `None` when the till has closed.
pub async fn next_order(orders: Arc<Mutex<Receiver<String>>>) -> Option<String> {
    block_in_place(|| orders.lock().unwrap().recv().ok())
}
