//! Fetches stock prices, one after the other and then with a thread for each, and says which did not come.

use std::error::Error;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use colored::Colorize;
use indicatif::ProgressBar;
use reqwest::Url;
use reqwest::blocking::Client;
use slow_server::{SlowServer, price_in_cents};
use threads::page::{Answer, FetchError, Fetched, parse_url};
use threads::stdout::say;
use tracing::{info, info_span};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    let server = SlowServer::builder().delay(Duration::from_millis(knobs.delay_ms));
    let server = knobs.fail.iter().fold(server, |server, stock| server.fail(stock, 503));
    let server = knobs.hang.iter().fold(server, |server, stock| server.hang(stock)).start()?;
    let client = open_client(&knobs)?;
    let pages = shopping_list(&knobs, &server);

    let (title, start) = ("one after the other", Instant::now());
    let one_by_one = fetch_one_by_one(&client, &pages);
    let sequential = start.elapsed();
    let complete = report(title, &pages, &one_by_one);
    recorder.take().show_titled(title);

    let (title, start) = ("a thread for each", Instant::now());
    let together = fetch_together(&client, &pages);
    let threads = start.elapsed();
    // A clock that stops early because nothing came is no faster: no speedup without all pages.
    if report(title, &pages, &together) && complete {
        let speedup = sequential.as_secs_f64() / threads.as_secs_f64();
        info!(target: "measured", speedup);
    }
    let [sequential_ms, threads_ms] = [sequential, threads].map(|time| time.as_secs_f64() * 1e3);
    info!(target: "measured", sequential_ms, threads_ms, most_at_once = server.peak());
    recorder.finish().show_titled(title);

    let as_asked = |outcomes: &[_]| pages.iter().zip(outcomes).all(|(page, o)| (page.wanted)(o));
    let success = as_asked(&one_by_one) && as_asked(&together);
    Ok(if success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What to fetch, what to call it, and which outcome the knobs ask for.
struct Page {
    url: String,
    name: String,
    wanted: fn(&Fetched) -> bool,
}

fn fetch_one_by_one(client: &Client, pages: &[Page]) -> Vec<Fetched> {
    let bar = ProgressBar::new(pages.len() as u64);
    let outcomes = pages.iter().map(|page| fetch(client, page, &bar)).collect();
    bar.finish_and_clear();
    outcomes
}

fn fetch_together(client: &Client, pages: &[Page]) -> Vec<Fetched> {
    let bar = &ProgressBar::new(pages.len() as u64);
    let outcomes = thread::scope(|scope| {
        let start = pages.iter().map(|page| {
            let named = thread::Builder::new().name(page.name.clone());
            named.spawn_scoped(scope, move || fetch(client, page, bar)).expect("a thread starts")
        });
        // All are started before the first is joined: in one chain they would run one by one.
        let threads: Vec<_> = start.collect();
        threads.into_iter().map(|thread| thread.join().expect("fetch does not panic")).collect()
    });
    bar.finish_and_clear();
    outcomes
}

fn fetch(client: &Client, page: &Page, bar: &ProgressBar) -> Fetched {
    let _fetch = info_span!("fetch", page = page.name).entered();
    let outcome = ask(client, page);
    bar.inc(1); // also for an error: what counts here is that nobody waits any more
    outcome
}

fn ask(client: &Client, page: &Page) -> Fetched {
    let _wait = info_span!("wait", on = page.name).entered();
    // To HTTP an error status is an answer like any other; this line makes it an `Err`.
    let response = client.get(&page.url).send()?.error_for_status()?;
    Ok(Answer { status: response.status().as_u16(), text: response.text()? })
}

/// Prints a line for each page, in the order asked; says whether all of them came.
fn report(title: &str, pages: &[Page], outcomes: &[Fetched]) -> bool {
    say(title);
    for (page, outcome) in pages.iter().zip(outcomes) {
        let name = &page.name;
        let line = match outcome {
            Ok(answer) => format!("Fetched {name} with status {}", answer.status).green(),
            Err(error) => format!("Failed {name}: {error}").red(),
        };
        say(format!("  {line}"));
        check_price(page, outcome);
    }
    let (came, asked) = (outcomes.iter().flatten().count(), pages.len());
    let ended = if came == asked { "Completed" } else { "Not completed" };
    say(format!("{ended}: {came} of {asked} fetched"));
    came == asked
}

/// A status of 200 is a promise. The price in the text is what we came for.
fn check_price(page: &Page, outcome: &Fetched) {
    if let (Ok(answer), Some(symbol)) = (outcome, page.name.strip_prefix("/stock/")) {
        let cents = price_in_cents(symbol);
        let price = format!("{}.{:02}", cents / 100, cents % 100);
        assert!(answer.text.contains(&price), "{symbol} costs {price}: {}", answer.text);
    }
}

/// One client for all threads: it keeps connections open, and hands them on.
fn open_client(knobs: &Knobs) -> reqwest::Result<Client> {
    // reqwest's blocking client has a limit of 30 s, its async one none at all. Better say it.
    let client = Client::builder().timeout(Duration::from_millis(knobs.timeout_ms));
    // This machine is reached without a proxy.
    if knobs.url.is_empty() { client.no_proxy() } else { client }.build()
}

/// The stocks of our own server, or what `--url` names.
fn shopping_list(knobs: &Knobs, server: &SlowServer) -> Vec<Page> {
    let real =
        |url: &Url| Page { url: url.to_string(), name: url.to_string(), wanted: Result::is_ok };
    if !knobs.url.is_empty() {
        return knobs.url.iter().map(real).collect();
    }
    let others = (STOCKS.len() + 1..).map(|number| format!("STOCK{number}"));
    let symbols = STOCKS.map(str::to_owned).into_iter().chain(others).take(knobs.n);
    symbols.map(|symbol| knobs.page(&symbol, server)).collect()
}

const STOCKS: [&str; 3] = ["AAPL", "GOOGL", "MSFT"];

/// Fetches pages from a slow server on this machine, one after the other and then with a thread for each.
/// The exit status is 0 when each page came, or failed just as you asked it to.
#[derive(Parser)]
struct Knobs {
    /// Milliseconds the server takes for each page
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(..=10_000))]
    delay_ms: u64,
    /// Milliseconds the client waits for a page before it gives up
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=60_000))]
    timeout_ms: u64,
    /// Answer 503 for this stock
    #[arg(long, value_parser = STOCKS)]
    fail: Option<String>,
    /// Never answer for this stock
    #[arg(long, value_parser = STOCKS)]
    hang: Option<String>,
    /// Hang up on whoever asks for this stock
    #[arg(long, value_parser = STOCKS)]
    drop: Option<String>,
    /// Stocks to ask for
    #[arg(long, default_value_t = 3, value_parser = RangedU64ValueParser::<usize>::new().range(3..=200))]
    n: usize,
    /// Ask for this page and not for stocks; may be repeated
    #[arg(long, value_parser = parse_url)]
    url: Vec<Url>,
}

impl Knobs {
    fn page(&self, symbol: &str, server: &SlowServer) -> Page {
        let name = format!("/stock/{symbol}");
        let [fails, hangs, drops] =
            [&self.fail, &self.hang, &self.drop].map(|knob| knob.as_deref() == Some(symbol));
        let url = server.url(&name) + if drops { "?drop" } else { "" };
        // In the order in which the client would find out.
        let wanted: fn(&Fetched) -> bool = if drops && self.delay_ms < self.timeout_ms {
            |outcome| matches!(outcome, Err(FetchError::Network(_)))
        } else if hangs || self.delay_ms >= self.timeout_ms {
            |outcome| matches!(outcome, Err(FetchError::Timeout))
        } else if fails {
            |outcome| matches!(outcome, Err(FetchError::Status(503)))
        } else {
            Result::is_ok
        };
        Page { url, name, wanted }
    }
}
