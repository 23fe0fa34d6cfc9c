//! Ten sites, one line each: is it up? But the router in the kitchen takes no more than `at_once` connections.
//!
//! Return `(site, status)` in the order of `sites`. At most `at_once` calls of `check` (at least 1) run at a time, and as
//! soon as one of them ends another begins: a slow site holds up its own place and nobody else's.

pub async fn status_table<F>(sites: &[&str], at_once: usize, check: F) -> Vec<(String, u16)>
where
    F: AsyncFn(&str) -> u16,
{
    todo!("ask for all, `at_once` at a time")
}
