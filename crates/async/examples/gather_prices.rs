//! Asks for many pages at once, with one thread and one client: three prices, then ten sites.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use futures::future::{join_all, try_join_all};
use futures::stream::{FuturesUnordered, StreamExt};
use reqwest::{Client, Url};
use slow_server::{SlowServer, price_in_cents};
use timeline::{Lanes, Record};
use tokio::task::JoinSet;
use tracing::{Instrument, info, info_span};

const STOCKS: [&str; 3] = ["AAPL", "GOOGL", "MSFT"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    let server = open_server(&knobs)?;
    let client = open_client(&knobs)?;
    let (prices, sites) = shopping_list(&knobs, &server)?;

    let start = Instant::now();
    report("one by one", gather(Mode::OneByOne, &client, &prices).await);
    let one_by_one = start.elapsed();
    assert!(server.peak() <= 1, "one request at a time");
    show(recorder.take(), "one by one");

    let (start, title) = (Instant::now(), knobs.mode.to_string());
    let pages = report(&title, gather(knobs.mode, &client, &prices).await);
    let together = start.elapsed();
    let arrived: Vec<_> = pages.iter().map(|page| page.url.path()).collect();
    info!(
        target: "measured",
        one_by_one_ms = one_by_one.as_secs_f64() * 1e3,
        together_ms = together.as_secs_f64() * 1e3,
        speedup = one_by_one.as_secs_f64() / together.as_secs_f64(),
        most_at_once = server.peak(),
        returned_order = arrived.join(" "),
    );
    show(recorder.take(), &title);

    if !sites.is_empty() {
        report("sites", gather(knobs.mode, &client, &sites).await);
        show(recorder.finish(), "sites");
    }
    pages.iter().for_each(check_price);
    Ok(())
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
    /// Answer 503 for this stock
    #[arg(long, value_parser = STOCKS)]
    fail: Option<String>,
    /// Never answer for this stock
    #[arg(long, value_parser = STOCKS)]
    hang: Option<String>,
    /// Sites to ask for afterwards
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(..=200))]
    n: u64,
    /// Ask for this page, not for stocks and sites; may be repeated
    #[arg(long, value_parser = parse_url)]
    url: Vec<Url>,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
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

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_possible_value().expect("no mode is hidden");
        f.write_str(value.get_name())
    }
}

type Fetched = Result<Page, reqwest::Error>;

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

struct Page {
    url: Url,
    status: u16,
    body: String,
}

async fn fetch(client: Client, url: Url) -> Fetched {
    let span = info_span!("fetch", page = url.path());
    async {
        // An error status is an answer too: only this line makes it an `Err`.
        let response = client.get(url).send().await?.error_for_status()?;
        let (url, status) = (response.url().clone(), response.status().as_u16());
        let body = response.text().await?;
        Ok(Page { url, status, body })
    }
    .instrument(span)
    .await
}

/// Prints one line per page and returns the pages that came. Two modes hand them over as they finish, which no
/// run need repeat; so the lines are sorted.
fn report(title: &str, outcome: Result<Vec<Fetched>, reqwest::Error>) -> Vec<Page> {
    say(title);
    let mut fetched = outcome.unwrap_or_else(|error| {
        say("  All given up for one error:");
        vec![Err(error)]
    });
    fetched.sort_by_key(|fetched| path(fetched).to_owned());
    for fetched in &fetched {
        say(&format!("  {}", describe(fetched)));
    }
    fetched.into_iter().flatten().collect()
}

fn describe(fetched: &Fetched) -> String {
    let path = path(fetched);
    let error = match fetched {
        Ok(page) => {
            let text = page.body.lines().next().unwrap_or_default();
            return format!("Fetched {path} with status {}: {text:.60}", page.status);
        }
        Err(error) => error,
    };
    match error.status() {
        Some(status) => format!("Failed {path}: status {}", status.as_u16()),
        None if error.is_timeout() => format!("Failed {path}: no answer in time"),
        None if error.is_connect() => format!("Failed {path}: no connection"),
        None => format!("Failed {path}: {error}"),
    }
}

/// The path and not the whole address: our server listens on another port every time.
fn path(fetched: &Fetched) -> &str {
    match fetched {
        Ok(page) => page.url.path(),
        Err(error) => error.url().map_or("?", Url::path),
    }
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

fn open_server(knobs: &Knobs) -> io::Result<SlowServer> {
    let mut server = SlowServer::builder().delay(Duration::from_millis(knobs.delay_ms));
    if let Some(symbol) = &knobs.fail {
        server = server.fail(symbol, 503);
    }
    if let Some(symbol) = &knobs.hang {
        server = server.hang(symbol);
    }
    server.start()
}

/// One client for all requests: it keeps connections open and hands them on.
fn open_client(knobs: &Knobs) -> reqwest::Result<Client> {
    // Without a limit reqwest waits for ever.
    let client = Client::builder().timeout(Duration::from_millis(knobs.timeout_ms));
    if knobs.url.is_empty() {
        return client.no_proxy().build(); // this machine is reached without one
    }
    client.build()
}

/// The pages to fetch: stocks and sites of our server, or what `--url` names.
fn shopping_list(
    knobs: &Knobs,
    server: &SlowServer,
) -> Result<(Vec<Url>, Vec<Url>), Box<dyn Error>> {
    if !knobs.url.is_empty() {
        return Ok((knobs.url.clone(), Vec::new()));
    }
    let mut stocks = Vec::new();
    for (symbol, thirds) in STOCKS.iter().zip([3, 2, 1]) {
        let mut url = Url::parse(&server.url(&format!("/stock/{symbol}")))?;
        if knobs.staggered {
            let delay_ms = knobs.delay_ms * thirds / 3;
            url.set_query(Some(&format!("delay_ms={delay_ms}")));
        }
        stocks.push(url);
    }
    let sites = (1..=knobs.n).map(|number| Url::parse(&server.url(&format!("/site/{number:02}"))));
    Ok((stocks, sites.collect::<Result<_, _>>()?))
}

fn parse_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{error}; try http://127.0.0.1:8000/"))?;
    match url.scheme() {
        "http" => Ok(url),
        "https" if cfg!(feature = "tls") => Ok(url),
        "https" => Err(
            "this build speaks no TLS; run it as `cargo run -p async --features tls --example …`"
                .into(),
        ),
        other => Err(format!("{other}: is not for web pages; try http://…")),
    }
}

/// Prints a line. A reader who has seen enough (`| head -1`) is no error.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
