//! Judges `bounded_fetch`: who is in the market at the same time, and who waits for whom.

#[path = "../threads/bounded_fetch.rs"]
mod exercise;

use std::thread;
use std::time::Duration;

use exercise::bounded_fetch;
use exercises::crowd::Crowd;

/// Pages "100", "101", …: the name is the status.
const PAGES: [&str; 12] =
    ["100", "101", "102", "103", "104", "105", "106", "107", "108", "109", "110", "111"];

fn status(page: &str) -> u16 {
    page.parse().expect("a page is called by its status")
}

fn statuses() -> Vec<u16> {
    PAGES.map(status).to_vec()
}

#[test]
fn as_many_run_at_a_time_as_allowed() {
    for at_once in [1, 2, 3, 12] {
        let market = Crowd::default();
        let fetch = |page: &str| {
            let _visit = market.enter();
            market.wait_until(|counts| counts.most >= at_once);
            status(page)
        };
        assert_eq!(bounded_fetch(&PAGES, at_once, fetch), statuses());
        let most = market.counts().most;
        assert!(most >= at_once, "{at_once} may run at a time, but no more than {most} did");
    }
}

#[test]
fn no_more_run_at_a_time_than_allowed() {
    for at_once in [1, 2, 3] {
        let market = Crowd::default();
        let fetch = |page: &str| {
            let _visit = market.enter();
            // Time for one too many to come in. A right answer needs none of it, and a wrong one has it often.
            thread::sleep(Duration::from_millis(20));
            status(page)
        };
        assert_eq!(bounded_fetch(&PAGES, at_once, fetch), statuses());
        let most = market.counts().most;
        assert!(most <= at_once, "{at_once} may run at a time, but {most} did");
    }
}

#[test]
fn a_slow_page_holds_up_only_its_own_place() {
    // In each round another page is slow: it comes only when all others have come.
    for slow in ["100", "103", "111"] {
        let market = Crowd::default();
        let fetch = |page: &str| {
            if page != slow {
                let _visit = market.enter();
                return status(page);
            }
            let all_others_came = market.wait_until(|counts| counts.left == PAGES.len() - 1);
            if all_others_came { status(page) } else { 504 }
        };
        let outcome = bounded_fetch(&PAGES, 2, fetch);
        assert!(
            !outcome.contains(&504),
            "some pages waited for page {slow}, though a place was free"
        );
        assert_eq!(outcome, statuses());
    }
}

#[test]
fn every_page_is_fetched_once() {
    let market = Crowd::default();
    let fetch = |page: &str| {
        let _visit = market.enter();
        status(page)
    };
    assert_eq!(bounded_fetch(&PAGES, 100, fetch), statuses(), "more places than pages");
    assert_eq!(market.counts().entered, PAGES.len(), "calls of `fetch` for twelve pages");
}

#[test]
fn no_pages_no_statuses() {
    assert_eq!(bounded_fetch(&[], 3, status), []);
}
