//! Believes: equal shares of the pages are equal shares of the time.
//! Rejected by: a_slow_page_holds_up_only_its_own_place

use std::thread;

pub fn bounded_fetch<F>(pages: &[&str], at_once: usize, fetch: F) -> Vec<u16>
where
    F: Fn(&str) -> u16 + Sync,
{
    let fetch = &fetch;
    let share = pages.len().div_ceil(at_once).max(1);
    thread::scope(|scope| {
        let fetch_share = |share: &'_ [&str]| share.iter().map(|page| fetch(page)).collect();
        let threads: Vec<thread::ScopedJoinHandle<'_, Vec<u16>>> =
            pages.chunks(share).map(|share| scope.spawn(move || fetch_share(share))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    })
}
