//! Believes: joined futures take their turns, so the router sees few at a time.
//! Rejected by: no_more_run_at_a_time_than_allowed_and_no_fewer

use futures::future::join_all;

pub async fn status_table<F>(sites: &[&str], at_once: usize, check: F) -> Vec<(String, u16)>
where
    F: AsyncFn(&str) -> u16,
{
    let line = async |site: &str| (site.to_owned(), check(site).await);
    join_all(sites.iter().map(|site| line(site))).await
}
