//! Believes: `buffered` keeps the order and all places busy. (A finished line behind a slow one keeps its place.)
//! Rejected by: a_slow_site_holds_up_only_its_own_place

use futures::stream::{self, StreamExt};

pub async fn status_table<F>(sites: &[&str], at_once: usize, check: F) -> Vec<(String, u16)>
where
    F: AsyncFn(&str) -> u16,
{
    let line = async |site: &&str| (site.to_string(), check(site).await);
    stream::iter(sites).map(line).buffered(at_once).collect().await
}
