//! What blocks goes to a thread that is kept for blocking; the handler awaits its answer.

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

use tokio::task::spawn_blocking;

/// Reads the menu from a slow disk.
pub async fn load_menu(read: impl FnOnce() -> String + Send + 'static) -> String {
    spawn_blocking(read).await.expect("reading the menu panicked")
}

/// Adds up a year of bills, which takes the processor a while.
pub async fn close_books(add_up: impl FnOnce() -> u64 + Send + 'static) -> u64 {
    spawn_blocking(add_up).await.expect("adding up the bills panicked")
}

/// The next order from the till, a thread of its own; `None` when the till has closed.
pub async fn next_order(orders: Arc<Mutex<Receiver<String>>>) -> Option<String> {
    let receive = move || orders.lock().unwrap().recv().ok();
    spawn_blocking(receive).await.expect("receiving an order does not panic")
}
