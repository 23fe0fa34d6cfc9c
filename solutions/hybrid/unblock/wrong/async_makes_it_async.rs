//! Believes: inside an async block, or an async function, a call no longer blocks.
//! Rejected by: the_loop_goes_on_while_the_menu_is_read

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

/// Reads the menu from a slow disk.
pub async fn load_menu(read: impl FnOnce() -> String + Send + 'static) -> String {
    async { read() }.await
}

/// Adds up a year of bills, which takes the processor a while.
pub async fn close_books(add_up: impl FnOnce() -> u64 + Send + 'static) -> u64 {
    async { add_up() }.await
}

/// The next order from the till, a thread of its own; `None` when the till has closed.
pub async fn next_order(orders: Arc<Mutex<Receiver<String>>>) -> Option<String> {
    async { orders.lock().unwrap().recv().ok() }.await
}
