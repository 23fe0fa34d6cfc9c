//! Judges `find_the_forgotten`: what must be in the book when each clerk has returned.

#[path = "../async/find_the_forgotten.rs"]
#[deny(unused_must_use, reason = "that lint finds a forgotten await, unless it was silenced")]
mod exercise;

use exercise::{Book, announce, close_shift, open_shift};

fn lines(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// The book as it stands at the moment: nobody gets time to write more.
fn read(book: &Book) -> Vec<String> {
    let book = book.try_lock().expect("the book was returned, but somebody still holds its lock");
    book.clone()
}

#[tokio::test(start_paused = true)]
async fn the_first_line_of_a_shift_is_open() {
    let book = Book::default();
    open_shift(Book::clone(&book), lines(&["soup", "tea"])).await;
    assert_eq!(read(&book), ["open", "soup", "tea"], "the book, right after open_shift returned");
}

#[tokio::test(start_paused = true)]
async fn every_dish_is_announced_in_order() {
    let book = Book::default();
    announce(Book::clone(&book), lines(&["dumplings", "pie", "pancakes"])).await;
    let expected = ["dumplings", "pie", "pancakes"];
    assert_eq!(read(&book), expected, "the book, right after announce returned");
}

#[tokio::test(start_paused = true)]
async fn a_complaint_is_noted_before_closing() {
    let book = Book::default();
    close_shift(Book::clone(&book), Some("the soup was cold".into())).await;
    let expected = ["the soup was cold", "closed"];
    assert_eq!(read(&book), expected, "the book, right after close_shift returned");
}

#[tokio::test(start_paused = true)]
async fn without_a_complaint_the_shift_just_closes() {
    let book = Book::default();
    close_shift(Book::clone(&book), None).await;
    assert_eq!(read(&book), ["closed"], "the book, right after close_shift returned");
}
