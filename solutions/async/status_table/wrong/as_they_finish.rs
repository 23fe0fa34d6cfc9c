//! Believes: `buffer_unordered` gives the lines in the order of the sites.
//! Rejected by: the_table_is_in_the_order_of_the_sites

use futures::stream::{self, StreamExt};

pub async fn status_table<F>(sites: &[&str], at_once: usize, check: F) -> Vec<(String, u16)>
where
    F: AsyncFn(&str) -> u16,
{
    let line = async |site: &&str| (site.to_string(), check(site).await);
    stream::iter(sites).map(line).buffer_unordered(at_once).collect().await
}
