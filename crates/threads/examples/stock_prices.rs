//! Fetches stock prices, one after the other and then with a thread for each, and says which did not come.

use std::error::Error;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use colored::Colorize;
use indicatif::ProgressBar;
use reqwest::Url;
use reqwest::blocking::Client;
use slow_server::SlowServer;
use threads::page::{Answer, Fetched, parse_url};
use threads::stdout::say;
use threads::stocks::{Page, Troubles, symbols};
use threads::timed::timed;
use tracing::{info, info_span};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    let server = knobs.troubles.start_server()?;
    let client = open_client(&knobs)?;
    let pages = shopping_list(&knobs, &server);

    let title = "one after the other";
    let (one_by_one, sequential_ms) = timed(|| fetch_one_by_one(&client, &pages));
    let complete = report(title, &pages, &one_by_one);
    recorder.take().show_titled(title);

    let title = "a thread for each";
    let (together, threads_ms) = timed(|| fetch_together(&client, &pages));
    // A clock that stops early because nothing came is no faster: no speedup without all pages.
    if report(title, &pages, &together) && complete {
        info!(target: "measured", speedup = sequential_ms / threads_ms);
    }
    info!(target: "measured", sequential_ms, threads_ms, most_at_once = server.peak());
    recorder.finish().show_titled(title);

    let as_asked = |outcomes| pages.iter().zip(outcomes).all(|(page, o)| page.came_as_asked(o));
    let success = as_asked(&one_by_one) && as_asked(&together);
    Ok(if success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
        page.check_price(outcome);
    }
    let (came, asked) = (outcomes.iter().flatten().count(), pages.len());
    let ended = if came == asked { "Completed" } else { "Not completed" };
    say(format!("{ended}: {came} of {asked} fetched"));
    came == asked
}

/// One client for all threads: it keeps connections open, and hands them on.
fn open_client(knobs: &Knobs) -> reqwest::Result<Client> {
    // reqwest's blocking client has a limit of 30 s, its async one none at all. Better say it.
    let client = Client::builder().timeout(Duration::from_millis(knobs.troubles.timeout_ms));
    // This machine is reached without a proxy.
    if knobs.url.is_empty() { client.no_proxy() } else { client }.build()
}

/// The stocks of our own server, or what `--url` names.
fn shopping_list(knobs: &Knobs, server: &SlowServer) -> Vec<Page> {
    if !knobs.url.is_empty() {
        return knobs.url.iter().map(Page::elsewhere).collect();
    }
    symbols(knobs.n).map(|symbol| Page::of_stock(&symbol, server, &knobs.troubles)).collect()
}

/// Fetches pages from a slow server on this machine, one after the other and then with a thread for each.
/// The exit status is 0 when each page came, or failed just as you asked it to.
#[derive(Parser)]
struct Knobs {
    #[command(flatten)]
    troubles: Troubles,
    /// Stocks to ask for
    #[arg(long, default_value_t = 3, value_parser = RangedU64ValueParser::<usize>::new().range(3..=200))]
    n: usize,
    /// Ask for this page and not for stocks; may be repeated
    #[arg(long, value_parser = parse_url)]
    url: Vec<Url>,
}
