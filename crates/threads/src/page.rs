//! What comes of asking for a page over HTTP, and why it may not come.

use std::fmt;

use reqwest::Url;

/// What comes of asking for a page.
pub type Fetched = Result<Answer, FetchError>;

/// A page that came.
#[derive(Debug)]
pub struct Answer {
    /// The status of the answer, below 400.
    pub status: u16,
    /// The text.
    pub text: String,
}

/// Why a page did not come.
#[derive(Debug)]
pub enum FetchError {
    /// No connection, or it broke.
    Network(reqwest::Error),
    /// No answer in the time we are willing to wait.
    Timeout,
    /// An answer, but not the page.
    Status(u16),
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        match error.status() {
            Some(status) => Self::Status(status.as_u16()),
            None if error.is_timeout() => Self::Timeout,
            None => Self::Network(error),
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(error) if error.is_connect() => f.write_str("no connection"),
            Self::Network(_) => f.write_str("the connection broke"),
            Self::Timeout => f.write_str("no answer in time"),
            Self::Status(code) => write!(f, "status {code}"),
        }
    }
}

impl std::error::Error for FetchError {}

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
        "https" => Err("this build speaks no TLS: run it with \
             `cargo run -p threads --features tls --example stock_prices -- --url …`"
            .into()),
        other => Err(format!("{other}: is not for web pages; try http://…")),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::blocking::Client;
    use slow_server::SlowServer;

    use super::*;

    /// Never reached, however busy the machine.
    const LONG: Duration = Duration::from_secs(60);

    fn ask(url: String, patience: Duration) -> String {
        let client = Client::builder().timeout(patience).no_proxy().build();
        let asked = client.expect("a client is built").get(url).send();
        let answer = asked.and_then(reqwest::blocking::Response::error_for_status);
        answer.map_or_else(|error| FetchError::from(error).to_string(), |_| "came".to_owned())
    }

    #[test]
    fn each_way_to_fail_has_a_name() {
        let server = SlowServer::builder().delay(Duration::ZERO).fail("GOOGL", 503).hang("MSFT");
        let server = server.start().expect("a server starts");
        assert_eq!(ask(server.url("/stock/GOOGL"), LONG), "status 503");
        assert_eq!(ask(server.url("/stock/MSFT"), Duration::from_millis(200)), "no answer in time");
        assert_eq!(ask(server.url("/stock/AAPL?drop"), LONG), "the connection broke");
    }

    #[test]
    fn an_address_that_is_no_web_page_is_refused_with_a_way_out() {
        assert!(parse_url("http://127.0.0.1:8000/").is_ok());
        for text in ["AAPL", "ftp://127.0.0.1/"] {
            assert!(parse_url(text).is_err_and(|error| error.contains("try http://")), "{text}");
        }
    }
}
