//! Believes: a thread for each page is fine, since threads are cheap.
//! Rejected by: no_more_run_at_a_time_than_allowed

use std::thread;

pub fn bounded_fetch<F>(pages: &[&str], at_once: usize, fetch: F) -> Vec<u16>
where
    F: Fn(&str) -> u16 + Sync,
{
    let fetch = &fetch;
    thread::scope(|scope| {
        let threads: Vec<_> = pages.iter().map(|page| scope.spawn(move || fetch(page))).collect();
        threads.into_iter().map(|thread| thread.join().expect("fetch does not panic")).collect()
    })
}
