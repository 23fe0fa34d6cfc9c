//! Map, then reduce: each worker has a map of its own, so there is nothing to lock; the maps are added up after the join.

use std::collections::BTreeMap;
use std::thread;

pub fn letter_frequency<T>(texts: &[T], workers: usize) -> BTreeMap<char, usize>
where
    T: AsRef<str> + Sync,
{
    let workers = workers.min(texts.len());
    let mut total = BTreeMap::new();
    thread::scope(|scope| {
        // Dealt like cards: the shares differ by one text at most, and nobody goes without.
        let share = |number| texts.iter().skip(number).step_by(workers);
        let start = |number| scope.spawn(move || count(share(number)));
        let threads: Vec<_> = (0..workers).map(start).collect();
        for thread in threads {
            for (letter, times) in thread.join().expect("counting does not panic") {
                *total.entry(letter).or_default() += times;
            }
        }
    });
    total
}

fn count<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        let letters = text.as_ref().chars().filter(|char| char.is_alphabetic());
        for letter in letters.flat_map(char::to_lowercase) {
            *counts.entry(letter).or_default() += 1;
        }
    }
    counts
}
