//! Two hundred pages, and a market that shows you the door when more than a few of you come at once.
//!
//! Call `fetch` once for each page and return the statuses in the order of `pages`. At most `at_once` calls (at
//! least 1) run at a time, and as many do while there is work for them. A slow page holds up its own place and
//! nobody else's: as soon as one call ends, the next begins.

pub fn bounded_fetch<F>(pages: &[&str], at_once: usize, fetch: F) -> Vec<u16>
where
    F: Fn(&str) -> u16 + Sync,
{
    todo!("a few threads, one list of pages")
}
