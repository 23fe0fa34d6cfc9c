//! Believes: groups of `at_once` keep all places busy.
//! Rejected by: a_slow_page_holds_up_only_its_own_place

use std::thread;

pub fn bounded_fetch<F>(pages: &[&str], at_once: usize, fetch: F) -> Vec<u16>
where
    F: Fn(&str) -> u16 + Sync,
{
    let fetch = &fetch;
    let mut statuses = Vec::new();
    for group in pages.chunks(at_once) {
        statuses.extend(thread::scope(|scope| {
            let threads: Vec<_> =
                group.iter().map(|page| scope.spawn(move || fetch(page))).collect();
            let join = |thread: thread::ScopedJoinHandle<'_, u16>| thread.join().expect("no panic");
            threads.into_iter().map(join).collect::<Vec<_>>()
        }));
    }
    statuses
}
