//! `buffer_unordered` keeps every place busy; numbers and a sort restore the order that it loses.

use futures::stream::{self, StreamExt};

pub async fn status_table<F>(sites: &[&str], at_once: usize, check: F) -> Vec<(String, u16)>
where
    F: AsyncFn(&str) -> u16,
{
    let line = async |(place, site): (usize, &&str)| (place, (site.to_string(), check(site).await));
    let mut lines: Vec<_> =
        stream::iter(sites.iter().enumerate()).map(line).buffer_unordered(at_once).collect().await;
    lines.sort_by_key(|(place, _)| *place);
    lines.into_iter().map(|(_, line)| line).collect()
}
