//! Believes: futures that are joined in order also do their work in order.
//! Rejected by: every_dish_is_announced_in_order

use futures::future::join_all;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

pub type Book = Arc<Mutex<Vec<String>>>;

/// Writes one line, which takes a millisecond a letter.
pub async fn write(book: Book, line: String) {
    tokio::time::sleep(Duration::from_millis(line.len() as u64)).await;
    book.lock().await.push(line);
}

/// Writes "open", then every order.
pub async fn open_shift(book: Book, orders: Vec<String>) {
    write(Arc::clone(&book), "open".into()).await;
    for order in orders {
        write(Arc::clone(&book), order).await;
    }
}

/// Writes every dish.
pub async fn announce(book: Book, dishes: Vec<String>) {
    join_all(dishes.into_iter().map(|dish| write(Arc::clone(&book), dish))).await;
}

/// Writes the complaint, if there is one, and then "closed".
pub async fn close_shift(book: Book, complaint: Option<String>) {
    if let Some(text) = complaint {
        write(Arc::clone(&book), text).await;
    }
    write(book, "closed".into()).await;
}
