//! A few threads share one numbered list; each takes the next page when it is free, and the numbers restore the order.

use std::sync::Mutex;
use std::thread;

pub fn bounded_fetch<F>(pages: &[&str], at_once: usize, fetch: F) -> Vec<u16>
where
    F: Fn(&str) -> u16 + Sync,
{
    let next = Mutex::new(pages.iter().enumerate());
    // A statement of its own: the lock is free again before the page is fetched.
    let take = || {
        let next = next.lock().expect("nothing panics under this lock").next();
        next.map(|(place, page)| (place, fetch(page)))
    };
    let mut statuses: Vec<_> = thread::scope(|scope| {
        let work = || std::iter::from_fn(take).collect::<Vec<_>>();
        let threads: Vec<_> = (0..at_once.min(pages.len())).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("fetch does not panic"))
            .collect()
    });
    statuses.sort_unstable_by_key(|(place, _)| *place);
    statuses.into_iter().map(|(_, status)| status).collect()
}
