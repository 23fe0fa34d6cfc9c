//! Believes: the lock of `while let … lock() …` is free again in the body.
//! Rejected by: as_many_run_at_a_time_as_allowed

use std::sync::Mutex;
use std::thread;

pub fn bounded_fetch<F>(pages: &[&str], at_once: usize, fetch: F) -> Vec<u16>
where
    F: Fn(&str) -> u16 + Sync,
{
    let next = Mutex::new(pages.iter().enumerate());
    let statuses = Mutex::new(vec![0; pages.len()]);
    thread::scope(|scope| {
        for _ in 0..at_once.min(pages.len()) {
            scope.spawn(|| {
                while let Some((place, page)) = next.lock().unwrap().next() {
                    let status = fetch(page);
                    statuses.lock().unwrap()[place] = status;
                }
            });
        }
    });
    statuses.into_inner().unwrap()
}
