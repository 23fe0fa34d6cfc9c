//! Judges `letter_frequency`: the counts, and how many readers were at work when a text was opened.

#[path = "../threads/letter_frequency.rs"]
mod exercise;

use std::collections::{BTreeMap, HashSet};
use std::sync::Mutex;
use std::thread::{self, ThreadId};

use exercise::letter_frequency;
use exercises::crowd::Crowd;

/// A library notes who opens which of its books, and hands out none until all readers are there.
struct Library {
    readers: usize,
    crowd: Crowd,
    /// Who has opened a book.
    opened: Mutex<HashSet<ThreadId>>,
}

struct Book<'a>(&'a Library);

impl AsRef<str> for Book<'_> {
    fn as_ref(&self) -> &str {
        let Self(library) = self;
        let _visit = library.crowd.enter();
        library.opened.lock().unwrap().insert(thread::current().id());
        library.crowd.wait_until(|counts| counts.most >= library.readers);
        "Ab"
    }
}

fn counts<const N: usize>(expected: [(char, usize); N]) -> BTreeMap<char, usize> {
    expected.into()
}

#[test]
fn letters_of_all_texts_are_added_up() {
    let texts = ["Soup, soup!", "Pie: 3 slices", "", "soup"];
    let expected =
        counts([('c', 1), ('e', 2), ('i', 2), ('l', 1), ('o', 3), ('p', 4), ('s', 5), ('u', 3)]);
    for workers in [1, 2, 3, 4, 9] {
        assert_eq!(letter_frequency(&texts, workers), expected, "by {workers} workers");
    }
}

#[test]
fn letters_are_letters_in_any_language() {
    let expected = counts([('e', 1), ('r', 1), ('s', 1), ('t', 1), ('é', 2), ('ж', 2)]);
    assert_eq!(letter_frequency(&["Été 7", "Жж", "SER"], 2), expected);
}

#[test]
fn all_workers_read_and_nobody_else() {
    for (books, workers) in [(8, 3), (4, 3), (3, 3), (2, 5), (6, 1)] {
        let readers = workers.min(books);
        let (crowd, opened) = (Crowd::default(), Mutex::default());
        let library = Library { readers, crowd, opened };
        let shelf: Vec<_> = (0..books).map(|_| Book(&library)).collect();
        let expected = counts([('a', books), ('b', books)]);
        assert_eq!(letter_frequency(&shelf, workers), expected, "{books} books, {workers} workers");
        let most = library.crowd.counts().most;
        assert_eq!(
            most, readers,
            "at work at the same time on {books} books, with {workers} workers"
        );
        let opened = library.opened.lock().unwrap();
        assert_eq!(
            opened.len(),
            readers,
            "threads that read {books} books, with {workers} workers"
        );
    }
}

#[test]
fn no_texts_no_letters() {
    assert_eq!(letter_frequency::<&str>(&[], 4), BTreeMap::new());
}
