//! Believes: chunks of the length rounded up are as many as there are workers.
//! Rejected by: all_workers_read_and_nobody_else

use std::collections::BTreeMap;
use std::thread;

pub fn letter_frequency<T>(texts: &[T], workers: usize) -> BTreeMap<char, usize>
where
    T: AsRef<str> + Sync,
{
    let workers = workers.min(texts.len());
    let mut total = BTreeMap::new();
    thread::scope(|scope| {
        let shares = texts.chunks(texts.len().div_ceil(workers.max(1)).max(1));
        let start = |share: &'_ [T]| count(share.iter());
        let threads: Vec<_> = shares.map(|share| scope.spawn(move || start(share))).collect();
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
