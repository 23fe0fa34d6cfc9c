//! Pages of stocks from a slow server, what goes wrong with them on purpose, and which outcome is then the right one.

use std::io;
use std::time::Duration;

use clap::Args;
use reqwest::Url;
use slow_server::{SlowServer, price_in_cents};

use crate::page::{FetchError, Fetched};

/// The stocks that every run asks for, and that can be told to go wrong.
pub const STOCKS: [&str; 3] = ["AAPL", "GOOGL", "MSFT"];

/// As many symbols as wanted: first the stocks that can go wrong.
pub fn symbols(count: usize) -> impl Iterator<Item = String> {
    let others = (STOCKS.len() + 1..).map(|number| format!("STOCK{number}"));
    STOCKS.map(str::to_owned).into_iter().chain(others).take(count)
}

/// What goes wrong on purpose, as knobs of a program.
#[derive(Args, Debug)]
pub struct Troubles {
    /// Milliseconds the server takes for each page
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(..=10_000))]
    pub delay_ms: u64,
    /// Milliseconds the client waits for a page before it gives up
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=60_000))]
    pub timeout_ms: u64,
    /// Answer 503 for this stock
    #[arg(long, value_parser = STOCKS)]
    pub fail: Option<String>,
    /// Never answer for this stock
    #[arg(long, value_parser = STOCKS)]
    pub hang: Option<String>,
    /// Hang up on whoever asks for this stock
    #[arg(long, value_parser = STOCKS)]
    pub drop: Option<String>,
}

impl Troubles {
    /// A server that is as slow as asked, and fails or hangs where it was asked to.
    ///
    /// # Errors
    ///
    /// When the system gives us no port, no socket or no thread.
    pub fn start_server(&self) -> io::Result<SlowServer> {
        let server = SlowServer::builder().delay(Duration::from_millis(self.delay_ms));
        let server = self.fail.iter().fold(server, |server, stock| server.fail(stock, 503));
        self.hang.iter().fold(server, |server, stock| server.hang(stock)).start()
    }

    /// The outcome that a client finds, in the order in which it would find out.
    fn wanted(&self, symbol: &str) -> fn(&Fetched) -> bool {
        let [fails, hangs, drops] =
            [&self.fail, &self.hang, &self.drop].map(|knob| knob.as_deref() == Some(symbol));
        if drops && self.delay_ms < self.timeout_ms {
            |outcome| matches!(outcome, Err(FetchError::Network(_)))
        } else if hangs || self.delay_ms >= self.timeout_ms {
            |outcome| matches!(outcome, Err(FetchError::Timeout))
        } else if fails {
            |outcome| matches!(outcome, Err(FetchError::Status(503)))
        } else {
            Result::is_ok
        }
    }
}

/// What to fetch, what to call it, and which outcome was asked for.
#[derive(Debug)]
pub struct Page {
    /// The whole address.
    pub url: String,
    /// The same on every run, unlike the address of a server on this machine.
    pub name: String,
    wanted: fn(&Fetched) -> bool,
}

impl Page {
    /// The page of a stock on our own server.
    pub fn of_stock(symbol: &str, server: &SlowServer, troubles: &Troubles) -> Self {
        let name = format!("/stock/{symbol}");
        let drops = troubles.drop.as_deref() == Some(symbol);
        let url = server.url(&name) + if drops { "?drop" } else { "" };
        Self { url, name, wanted: troubles.wanted(symbol) }
    }

    /// A page of somebody else's, of which we only want that it comes.
    pub fn elsewhere(url: &Url) -> Self {
        Self { url: url.to_string(), name: url.to_string(), wanted: Result::is_ok }
    }

    /// Whether it came, or failed just as the knobs asked it to.
    pub fn came_as_asked(&self, outcome: &Fetched) -> bool {
        (self.wanted)(outcome)
    }

    /// A status of 200 is a promise. The price in the text is what we came for.
    ///
    /// # Panics
    ///
    /// When a stock's page came without its price.
    pub fn check_price(&self, outcome: &Fetched) {
        if let (Ok(answer), Some(symbol)) = (outcome, self.name.strip_prefix("/stock/")) {
            let cents = price_in_cents(symbol);
            let price = format!("{}.{:02}", cents / 100, cents % 100);
            assert!(answer.text.contains(&price), "{symbol} costs {price}: {}", answer.text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Answer;

    fn troubles() -> Troubles {
        Troubles { delay_ms: 0, timeout_ms: 9, fail: None, hang: None, drop: None }
    }

    fn came() -> Fetched {
        Ok(Answer { status: 200, text: String::new() })
    }

    #[test]
    fn the_stocks_that_can_go_wrong_come_first() {
        assert!(symbols(5).eq(["AAPL", "GOOGL", "MSFT", "STOCK4", "STOCK5"]));
        assert!(symbols(2).eq(["AAPL", "GOOGL"]));
    }

    #[test]
    fn each_trouble_is_wanted_of_its_own_stock_only() {
        let (fail, hang) = (Some("AAPL".to_owned()), Some("MSFT".to_owned()));
        let troubles = Troubles { fail, hang, ..troubles() };
        assert!(troubles.wanted("AAPL")(&Err(FetchError::Status(503))));
        assert!(!troubles.wanted("AAPL")(&came()));
        assert!(troubles.wanted("MSFT")(&Err(FetchError::Timeout)));
        assert!(troubles.wanted("GOOGL")(&came()));
        assert!(!troubles.wanted("GOOGL")(&Err(FetchError::Timeout)));
    }

    #[test]
    fn without_patience_whatever_else_goes_wrong_is_not_found_out() {
        let stock = Some("AAPL".to_owned());
        let troubles = Troubles { delay_ms: 9, fail: stock.clone(), drop: stock, ..troubles() };
        assert!(troubles.wanted("AAPL")(&Err(FetchError::Timeout)));
    }

    #[test]
    fn a_stock_to_be_dropped_is_asked_for_with_that_wish() {
        let troubles = Troubles { drop: Some("MSFT".to_owned()), ..troubles() };
        let server = troubles.start_server().expect("a server starts");
        let page = |symbol| Page::of_stock(symbol, &server, &troubles);
        assert!(page("MSFT").url.ends_with("/stock/MSFT?drop"));
        assert!(page("AAPL").url.ends_with("/stock/AAPL"));
    }

    #[test]
    fn a_page_with_the_price_passes() {
        let troubles = troubles();
        let server = troubles.start_server().expect("a server starts");
        let cents = price_in_cents("AAPL");
        let text = format!("{}.{:02}", cents / 100, cents % 100);
        let page = Page::of_stock("AAPL", &server, &troubles);
        page.check_price(&Ok(Answer { status: 200, text }));
    }

    #[test]
    #[should_panic(expected = "AAPL costs")]
    fn a_page_without_the_price_is_noticed() {
        let troubles = troubles();
        let server = troubles.start_server().expect("a server starts");
        Page::of_stock("AAPL", &server, &troubles).check_price(&came());
    }
}
