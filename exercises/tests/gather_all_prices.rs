//! Judges `gather_all_prices`: in tokio's paused clock, where time is exact and costs none.

#[path = "../async/gather_all_prices.rs"]
mod exercise;

use std::cell::RefCell;
use std::time::Duration;

use exercise::gather_all_prices;
use tokio::time::{Instant, sleep};

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Every quote takes another time: AAPL the longest, MSFT the shortest.
async fn fetch(symbol: &str) -> Result<u32, String> {
    let (delay, answer) = match symbol {
        "AAPL" => (ms(300), Ok(215)),
        "GOOGL" => (ms(200), Ok(180)),
        "MSFT" => (ms(100), Ok(430)),
        "LATE" => (ms(250), Err("late and closed".to_owned())),
        _ => (ms(10), Err("no such stock".to_owned())),
    };
    sleep(delay).await;
    answer
}

fn entry(symbol: &str, price: Result<u32, &str>) -> (String, Result<u32, String>) {
    (symbol.to_owned(), price.map_err(str::to_owned))
}

#[tokio::test(start_paused = true)]
async fn prices_come_in_the_order_asked_for() {
    let prices = gather_all_prices(&["AAPL", "MSFT", "GOOGL", "MSFT"], fetch).await;
    let expected = [
        entry("AAPL", Ok(215)),
        entry("MSFT", Ok(430)),
        entry("GOOGL", Ok(180)),
        entry("MSFT", Ok(430)),
    ];
    assert_eq!(prices, expected);
}

#[tokio::test(start_paused = true)]
async fn three_quotes_take_as_long_as_the_slowest() {
    let start = Instant::now();
    gather_all_prices(&["AAPL", "GOOGL", "MSFT"], fetch).await;
    let took = start.elapsed().as_millis();
    assert_eq!(
        took, 300,
        "milliseconds for quotes of 300, 200 and 100 (one by one it would be 600)"
    );
}

#[tokio::test(start_paused = true)]
async fn every_error_is_kept_beside_the_prices() {
    let prices = gather_all_prices(&["NONE", "AAPL", "LATE"], fetch).await;
    let expected = [
        entry("NONE", Err("no such stock")),
        entry("AAPL", Ok(215)),
        entry("LATE", Err("late and closed")),
    ];
    assert_eq!(prices, expected);
}

#[tokio::test(start_paused = true)]
async fn each_quote_is_asked_for_once() {
    let asked = RefCell::new(Vec::new());
    gather_all_prices(&["NONE", "MSFT"], async |symbol: &str| {
        asked.borrow_mut().push(symbol.to_owned());
        fetch(symbol).await
    })
    .await;
    let mut asked = asked.into_inner();
    asked.sort();
    assert_eq!(asked, ["MSFT", "NONE"]);
}

#[tokio::test(start_paused = true)]
async fn no_symbols_no_entries() {
    assert_eq!(gather_all_prices(&[], fetch).await, []);
}
