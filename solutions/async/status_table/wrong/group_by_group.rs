//! Believes: groups of `at_once` keep all places busy.
//! Rejected by: a_slow_site_holds_up_only_its_own_place

use futures::future::join_all;

pub async fn status_table<F>(sites: &[&str], at_once: usize, check: F) -> Vec<(String, u16)>
where
    F: AsyncFn(&str) -> u16,
{
    let line = async |site: &str| (site.to_owned(), check(site).await);
    let mut table = Vec::new();
    for group in sites.chunks(at_once) {
        table.extend(join_all(group.iter().map(|site| line(site))).await);
    }
    table
}
