//! One page from the web, what came of asking for it, and how to say so in a line.

use reqwest::{Client, Url};
use tracing::{Instrument, info_span};

use threads::stdout::say;

/// A page that came.
#[derive(Debug)]
pub struct Page {
    /// Where it was found.
    pub url: Url,
    /// The status of the answer, below 400.
    pub status: u16,
    /// The text.
    pub body: String,
}

/// What comes of asking for a page.
pub type Fetched = Result<Page, reqwest::Error>;

/// Asks for a page and waits for its text, as `fetch` in the timeline.
///
/// # Errors
///
/// No connection, no answer in the time that the client allows, or a status of 400 and more.
pub async fn fetch(client: Client, url: Url) -> Fetched {
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

/// What came of it, in a line that is the same on every run: of the address it names the path only, since a
/// server for lessons listens on another port every time.
#[must_use]
pub fn describe(fetched: &Fetched) -> String {
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

fn path(fetched: &Fetched) -> &str {
    match fetched {
        Ok(page) => page.url.path(),
        Err(error) => error.url().map_or("?", Url::path),
    }
}

/// Prints a title and a line for each page, and returns the pages that came, in the order they were handed over.
///
/// Whoever hands pages over as they finish does so in another order every time; so the lines are sorted by path.
pub fn report(title: &str, outcome: Result<Vec<Fetched>, reqwest::Error>) -> Vec<Page> {
    say(title);
    let fetched = outcome.unwrap_or_else(|error| {
        say("  All given up for one error:");
        vec![Err(error)]
    });
    for line in sorted_lines(&fetched) {
        say(format_args!("  {line}"));
    }
    fetched.into_iter().flatten().collect()
}

fn sorted_lines(fetched: &[Fetched]) -> Vec<String> {
    let mut pages: Vec<_> = fetched.iter().collect();
    pages.sort_by_key(|page| path(page));
    pages.into_iter().map(describe).collect()
}

/// The address of a page that this build can ask for; fit to be a command line's value parser.
///
/// # Errors
///
/// What is wrong with the address, and what to do about it.
pub fn parse_url(text: &str) -> Result<Url, String> {
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use slow_server::SlowServer;

    use super::*;

    async fn fetch_and_describe(url: &str, patience: Duration) -> String {
        let client = Client::builder().no_proxy().timeout(patience).build().unwrap();
        describe(&fetch(client, Url::parse(url).unwrap()).await)
    }

    #[tokio::test]
    async fn each_way_to_fail_has_its_own_words() {
        let minute = Duration::from_secs(60);
        let server = SlowServer::builder().delay(Duration::ZERO).fail("MSFT", 503).hang("AAPL");
        let server = server.start().unwrap();
        let page = |stock: &str| server.url(&format!("/stock/{stock}"));
        assert!(
            fetch_and_describe(&page("GOOGL"), minute)
                .await
                .starts_with("Fetched /stock/GOOGL with status 200: {\"symbol\":\"GOOGL\"")
        );
        assert_eq!(
            fetch_and_describe(&page("MSFT"), minute).await,
            "Failed /stock/MSFT: status 503"
        );
        // It never answers, so any patience ends; a short one ends the test sooner.
        assert_eq!(
            fetch_and_describe(&page("AAPL"), Duration::from_millis(50)).await,
            "Failed /stock/AAPL: no answer in time"
        );
        let gone = page("GOOGL");
        drop(server);
        assert_eq!(fetch_and_describe(&gone, minute).await, "Failed /stock/GOOGL: no connection");
    }

    #[tokio::test]
    async fn lines_come_in_the_order_of_the_paths() {
        let server = SlowServer::builder().delay(Duration::ZERO).fail("AAPL", 503).start().unwrap();
        let client = Client::builder().no_proxy().build().unwrap();
        let mut fetched = Vec::new();
        for path in ["/stock/MSFT", "/stock/AAPL", "/site/07"] {
            fetched.push(fetch(client.clone(), Url::parse(&server.url(path)).unwrap()).await);
        }
        let lines = sorted_lines(&fetched);
        let starts = ["Fetched /site/07", "Failed /stock/AAPL", "Fetched /stock/MSFT"];
        assert!(
            lines.iter().zip(starts).all(|(line, start)| line.starts_with(start)),
            "{lines:#?}"
        );
    }

    #[test]
    fn an_address_that_is_of_no_use_is_refused_with_the_way_out() {
        assert!(parse_url("http://127.0.0.1:8000/").is_ok());
        assert!(parse_url("nonsense").unwrap_err().contains("try http://"));
        assert!(parse_url("ftp://example.org/").unwrap_err().contains("try http://"));
    }
}
