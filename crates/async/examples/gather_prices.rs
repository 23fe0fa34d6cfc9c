//! Asks for many pages at once, with one thread and one client: three prices, then ten sites.

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use coroutines::page::{Fetched, Page, fetch, parse_url, report};
use futures::future::{join_all, try_join_all};
use futures::stream::{FuturesUnordered, StreamExt};
use reqwest::{Client, Url};
use slow_server::{SlowServer, price_in_cents};
use timeline::{Lanes, Record};
use tokio::task::JoinSet;
use tracing::info;

const STOCKS: [&str; 3] = ["AAPL", "GOOGL", "MSFT"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    let server = SlowServer::builder().delay(Duration::from_millis(knobs.delay_ms));
    let server = knobs.fail.iter().fold(server, |server, stock| server.fail(stock, 503));
    let server = knobs.hang.iter().fold(server, |server, stock| server.hang(stock)).start()?;
    let (stocks, sites) = knobs.shopping_list(&server);
    // One client for all: it keeps connections open and hands them on. Without a limit it waits for ever.
    let client = Client::builder().timeout(Duration::from_millis(knobs.timeout_ms));
    // Our own machine is reached without a proxy.
    let client = if knobs.url.is_empty() { client.no_proxy() } else { client }.build()?;

    let start = Instant::now();
    report("one by one", gather(Mode::OneByOne, &client, &stocks).await);
    let one_by_one_ms = start.elapsed().as_secs_f64() * 1e3;
    assert!(server.peak() <= 1, "one request at a time");
    show(recorder.take(), "one by one");

    let mode = knobs.mode.to_possible_value().expect("no mode is hidden");
    let start = Instant::now();
    let pages = report(mode.get_name(), gather(knobs.mode, &client, &stocks).await);
    let together_ms = start.elapsed().as_secs_f64() * 1e3;
    let returned_order = pages.iter().map(|page| page.url.path()).collect::<Vec<_>>().join(" ");
    info!(target: "measured", one_by_one_ms, together_ms, returned_order);
    let all_came = pages.len() == stocks.len();
    if all_came {
        // A clock that stops because something failed has measured nothing.
        info!(target: "measured", speedup = one_by_one_ms / together_ms);
    }
    show(recorder.take(), mode.get_name());

    if !sites.is_empty() {
        report("sites", gather(knobs.mode, &client, &sites).await);
        show(recorder.finish(), "sites");
    }
    pages.iter().for_each(check_price);
    // A stock fails when you ask for that; an address that you name should not.
    Ok(if all_came || knobs.url.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Fetches pages from a slow server on this machine, one after the other and then together.
#[derive(Parser)]
struct Knobs {
    /// How to await many at once
    #[arg(long, value_enum, default_value_t = Mode::Join)]
    mode: Mode,
    /// Milliseconds the server takes for each page
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(..=10_000))]
    delay_ms: u64,
    /// Let the second stock take two thirds of the delay and the third one third
    #[arg(long)]
    staggered: bool,
    /// Milliseconds the client waits for a page before it gives up
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=60_000))]
    timeout_ms: u64,
    /// Answer 503 for this stock; may be repeated
    #[arg(long, value_parser = STOCKS)]
    fail: Vec<String>,
    /// Never answer for this stock; may be repeated
    #[arg(long, value_parser = STOCKS)]
    hang: Vec<String>,
    /// Sites to ask for afterwards
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(..=200))]
    n: u64,
    /// Ask for this page, not for stocks and sites; may be repeated
    #[arg(long, value_parser = parse_url)]
    url: Vec<Url>,
}

impl Knobs {
    /// The pages to fetch: stocks and sites of our server, or what `--url` names.
    fn shopping_list(&self, server: &SlowServer) -> (Vec<Url>, Vec<Url>) {
        if !self.url.is_empty() {
            return (self.url.clone(), Vec::new());
        }
        let page = |path: String| Url::parse(&server.url(&path)).expect("a server has an address");
        let thirds = if self.staggered { [3, 2, 1] } else { [3, 3, 3] };
        let delays = thirds.map(|thirds| self.delay_ms * thirds / 3);
        let stocks = STOCKS.iter().zip(delays);
        let stocks = stocks.map(|(stock, ms)| page(format!("/stock/{stock}?delay_ms={ms}")));
        (stocks.collect(), (1..=self.n).map(|n| page(format!("/site/{n:02}"))).collect())
    }
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Mode {
    /// await each before the next is begun
    OneByOne,
    /// join_all: all results, in the order asked
    Join,
    /// try_join_all: all results in the order asked, or the first error
    #[value(name = "try_join")]
    TryJoin,
    /// JoinSet: a task each, results as they finish
    Set,
    /// FuturesUnordered: no tasks, results as they finish
    Unordered,
}

async fn gather(mode: Mode, client: &Client, urls: &[Url]) -> Result<Vec<Fetched>, reqwest::Error> {
    let fetches = urls.iter().map(|url| fetch(client.clone(), url.clone()));
    Ok(match mode {
        Mode::OneByOne => {
            let mut pages = Vec::new();
            for fetch in fetches {
                pages.push(fetch.await);
            }
            pages
        }
        Mode::Join => join_all(fetches).await,
        Mode::TryJoin => try_join_all(fetches).await?.into_iter().map(Ok).collect(),
        Mode::Set => fetches.collect::<JoinSet<_>>().join_all().await,
        Mode::Unordered => fetches.collect::<FuturesUnordered<_>>().collect().await,
    })
}

/// A lane for each page, also where one thread did one after the other.
fn show(mut record: Record, title: &str) {
    record.lanes = Lanes::Tasks;
    record.show_titled(title);
}

/// The text itself was returned, not only announced: it holds the price that the server charges.
fn check_price(page: &Page) {
    if let Some(symbol) = page.url.path().strip_prefix("/stock/") {
        let cents = price_in_cents(symbol);
        let price = format!("{}.{:02}", cents / 100, cents % 100);
        assert!(page.body.contains(&price), "{symbol} costs {price}: {}", page.body);
    }
}
