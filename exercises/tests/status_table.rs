//! Judges `status_table`: the most checks at a time, the exact time of the whole, and the order.

#[path = "../async/status_table.rs"]
mod exercise;

use std::cell::Cell;
use std::time::Duration;

use exercise::status_table;
use tokio::time::{Instant, sleep};

const SITES: [&str; 10] = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"];

#[derive(Default)]
struct Router {
    open: Cell<usize>,
    peak: Cell<usize>,
    checks: Cell<usize>,
}

impl Router {
    /// Site `s3` takes 300 ms, the others 100; `s7` is down.
    async fn check(&self, site: &str) -> u16 {
        self.checks.update(|checks| checks + 1);
        self.open.update(|open| open + 1);
        self.peak.update(|peak| peak.max(self.open.get()));
        sleep(Duration::from_millis(if site == "s3" { 300 } else { 100 })).await;
        self.open.update(|open| open - 1);
        if site == "s7" { 503 } else { 200 }
    }
}

#[tokio::test(start_paused = true)]
async fn the_table_is_in_the_order_of_the_sites() {
    let router = Router::default();
    let table = status_table(&SITES, 4, async |site: &str| router.check(site).await).await;
    let expected = SITES.map(|site| (site.to_owned(), if site == "s7" { 503 } else { 200 }));
    assert_eq!(table, expected);
    assert_eq!(router.checks.get(), 10, "checks for ten sites");
}

#[tokio::test(start_paused = true)]
async fn no_more_run_at_a_time_than_allowed_and_no_fewer() {
    for at_once in [1, 2, 4, 10] {
        let router = Router::default();
        status_table(&SITES, at_once, async |site: &str| router.check(site).await).await;
        assert_eq!(router.peak.get(), at_once, "checks at a time, with at_once = {at_once}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_site_holds_up_only_its_own_place() {
    // Two at a time: from 100 to 400 s3 keeps one place, and s2, s4, s5 take turns in the other.
    for (at_once, expected_ms) in [(1, 1200), (2, 600), (4, 300), (10, 300)] {
        let (router, start) = (Router::default(), Instant::now());
        status_table(&SITES, at_once, async |site: &str| router.check(site).await).await;
        let took = start.elapsed().as_millis();
        assert_eq!(took, expected_ms, "milliseconds for ten sites, {at_once} at a time");
    }
}

#[tokio::test(start_paused = true)]
async fn no_sites_no_lines() {
    let router = Router::default();
    let table = status_table(&[], 4, async |site: &str| router.check(site).await).await;
    assert_eq!(table, []);
}
