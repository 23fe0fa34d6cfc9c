//! Three clerks keep the kitchen's book. All three compile without a warning, and each leaves out work.
//!
//! A line takes a moment to write, longer lines longer. When a clerk's function has returned, its lines must be
//! in the book, in the order in which they were given. Find what was forgotten and repair it. `write` is fine.

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
    let _ = write(Arc::clone(&book), "open".into());
    for order in orders {
        write(Arc::clone(&book), order).await;
    }
}

/// Writes every dish.
pub async fn announce(book: Book, dishes: Vec<String>) {
    let _lines: Vec<_> = dishes.into_iter().map(|dish| write(Arc::clone(&book), dish)).collect();
}

/// Writes the complaint, if there is one, and then "closed".
pub async fn close_shift(book: Book, complaint: Option<String>) {
    let note = complaint.map(|text| write(Arc::clone(&book), text));
    if note.is_some() {
        tokio::task::yield_now().await;
    }
    write(book, "closed".into()).await;
}
