//! Believes: one map under one lock, taken for a whole text, lets the threads work at the same time.
//! Rejected by: all_workers_read_and_nobody_else

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

pub fn letter_frequency<T>(texts: &[T], workers: usize) -> BTreeMap<char, usize>
where
    T: AsRef<str> + Sync,
{
    let total = &Mutex::new(BTreeMap::new());
    let workers = workers.min(texts.len());
    thread::scope(|scope| {
        for number in 0..workers {
            scope.spawn(move || {
                for text in texts.iter().skip(number).step_by(workers) {
                    let mut total = total.lock().unwrap();
                    let letters = text.as_ref().chars().filter(|char| char.is_alphabetic());
                    for letter in letters.flat_map(char::to_lowercase) {
                        *total.entry(letter).or_default() += 1;
                    }
                }
            });
        }
    });
    let mut counted = total.lock().unwrap();
    std::mem::take(&mut counted)
}
