//! Believes: a yield before the work lets the others run during the work.
//! Rejected by: the_loop_goes_on_while_the_menu_is_read

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

use tokio::task::yield_now;

/// Reads the menu from a slow disk.
pub async fn load_menu(read: impl FnOnce() -> String + Send + 'static) -> String {
    yield_now().await;
    read()
}

/// Adds up a year of bills, which takes the processor a while.
pub async fn close_books(add_up: impl FnOnce() -> u64 + Send + 'static) -> u64 {
    yield_now().await;
    add_up()
}

/// The next order from the till, a thread of its own; `None` when the till has closed.
pub async fn next_order(orders: Arc<Mutex<Receiver<String>>>) -> Option<String> {
    yield_now().await;
    orders.lock().unwrap().recv().ok()
}
