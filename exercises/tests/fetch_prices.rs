//! Judges `fetch_prices`: the market answers in reverse, and only when it was asked for everything.

#[path = "../threads/fetch_prices.rs"]
mod exercise;

use exercise::fetch_prices;
use exercises::crowd::Crowd;

const SYMBOLS: [&str; 4] = ["AAPL", "GOOGL", "MSFT", "NVDA"];

fn price(symbol: &str) -> u64 {
    symbol.bytes().map(u64::from).sum()
}

/// Answers when all later symbols have been answered: so the last is first, if all were asked at the same time.
fn answer_in_reverse(market: &Crowd, symbol: &str) -> Result<u64, String> {
    let _visit = market.enter();
    let later = SYMBOLS.iter().rev().take_while(|later| **later != symbol).count();
    if market.wait_until(|counts| counts.left >= later) {
        Ok(price(symbol))
    } else {
        Err(format!("{symbol} was asked for, and nobody asked for the others meanwhile"))
    }
}

#[test]
fn prices_are_in_the_order_asked_though_the_last_comes_first() {
    let market = Crowd::default();
    let prices = fetch_prices(&SYMBOLS, |symbol| answer_in_reverse(&market, symbol));
    assert_eq!(prices, SYMBOLS.map(|symbol| Ok(price(symbol))), "the prices of {SYMBOLS:?}");
    assert_eq!(market.counts().entered, 4, "calls of `fetch` for four symbols");
}

#[test]
fn one_failure_loses_no_other_price() {
    let closed = |symbol: &str| Err(format!("{symbol} is closed"));
    let fetch = |symbol: &str| if symbol == "GOOGL" { closed(symbol) } else { Ok(price(symbol)) };
    let mut expected = SYMBOLS.map(|symbol| Ok(price(symbol)));
    expected[1] = closed("GOOGL");
    assert_eq!(fetch_prices(&SYMBOLS, fetch), expected, "only GOOGL failed");
    assert_eq!(fetch_prices(&SYMBOLS, closed), SYMBOLS.map(closed), "all failed");
}

#[test]
fn a_symbol_listed_twice_is_fetched_twice() {
    let market = Crowd::default();
    let fetch = |symbol: &str| {
        let _visit = market.enter();
        Ok(price(symbol))
    };
    let prices = fetch_prices(&["MSFT", "AAPL", "MSFT"], fetch);
    assert_eq!(prices, ["MSFT", "AAPL", "MSFT"].map(|symbol| Ok(price(symbol))));
    assert_eq!(market.counts().entered, 3, "calls of `fetch` for three places in the list");
}

#[test]
fn no_symbols_no_prices() {
    assert_eq!(fetch_prices(&[], |symbol| Ok(price(symbol))), []);
}
