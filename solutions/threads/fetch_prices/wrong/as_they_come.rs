//! Believes: threads started in order report in order.
//! Rejected by: prices_are_in_the_order_asked_though_the_last_comes_first

use std::sync::mpsc;
use std::thread;

pub fn fetch_prices<F>(symbols: &[&str], fetch: F) -> Vec<Result<u64, String>>
where
    F: Fn(&str) -> Result<u64, String> + Sync,
{
    let (report, reports) = mpsc::channel();
    thread::scope(|scope| {
        for symbol in symbols {
            let (fetch, report) = (&fetch, report.clone());
            scope.spawn(move || report.send(fetch(symbol)).expect("the desk listens"));
        }
    });
    drop(report);
    reports.iter().collect()
}
