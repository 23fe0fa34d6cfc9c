//! The restaurant reads its guest books: which letter is written how often?
//!
//! Count the letters of all texts, on exactly `workers` threads (at least 1), or on as many as there are texts if
//! those are fewer. The threads work at the same time. A letter is what `char::is_alphabetic` says; large and small
//! are one letter, the one `char::to_lowercase` gives. A letter that is never written is not in the map.

use std::collections::BTreeMap;

pub fn letter_frequency<T>(texts: &[T], workers: usize) -> BTreeMap<char, usize>
where
    T: AsRef<str> + Sync,
{
    todo!("each worker counts its own texts, then the counts are added up")
}
