//! What one request asks for in its query: another delay, a fault, a size.

use std::time::Duration;

use hyper::StatusCode;

const LONGEST_DELAY_MS: u64 = 600_000;
const MOST_BYTES: usize = 64 << 20;

/// A way to go wrong on request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// Answer with this status.
    Status(StatusCode),
    /// Never answer.
    Hang,
    /// Close the connection without an answer.
    Drop,
}

impl Fault {
    /// A fault that answers with `code`, unless a final answer cannot carry it (1xx) or it is no status at all.
    pub(crate) fn status(code: u16) -> Result<Self, String> {
        match StatusCode::from_u16(code) {
            Ok(status) if (200..600).contains(&code) => Ok(Self::Status(status)),
            _ => Err(format!(
                "{code} is no status a server can answer with: use one from 200 to 599, such as 503"
            )),
        }
    }
}

/// The wishes of one request; what it leaves out is `None`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Wishes {
    pub(crate) delay: Option<Duration>,
    pub(crate) fault: Option<Fault>,
    pub(crate) bytes: Option<usize>,
}

impl Wishes {
    /// Reads a query, the part of a URL after `?`.
    ///
    /// # Errors
    ///
    /// A sentence for the client, ending with the way out.
    pub(crate) fn read(query: &str) -> Result<Self, String> {
        let mut wishes = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match key {
                "delay_ms" => {
                    let ms = number(key, value, LONGEST_DELAY_MS, "?delay_ms=50")?;
                    wishes.delay = Some(Duration::from_millis(ms));
                }
                "bytes" => wishes.bytes = Some(number(key, value, MOST_BYTES, "?bytes=1000")?),
                "status" => {
                    let code = number(key, value, 599, "?status=503")?;
                    wishes.fault = Some(Fault::status(code)?);
                }
                "hang" => wishes.fault = Some(Fault::Hang),
                "drop" => wishes.fault = Some(Fault::Drop),
                _ => {
                    return Err(format!(
                        "no `{key}` here: use ?delay_ms=50, ?status=503, ?hang, ?drop or ?bytes=1000"
                    ));
                }
            }
        }
        Ok(wishes)
    }
}

fn number<N>(key: &str, value: &str, most: N, example: &str) -> Result<N, String>
where
    N: Copy + std::str::FromStr + PartialOrd + std::fmt::Display,
{
    value.parse().ok().filter(|number| *number <= most).ok_or_else(|| {
        format!("`{key}={value}`: a whole number, at most {most}, goes here: try {example}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_query_is_no_wish() {
        assert_eq!(Wishes::read(""), Ok(Wishes::default()));
    }

    #[test]
    fn wishes_add_up_and_the_last_fault_wins() {
        let wishes = Wishes::read("delay_ms=50&hang&bytes=7&status=503").unwrap();
        let fault = Some(Fault::Status(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(
            wishes,
            Wishes { delay: Some(Duration::from_millis(50)), fault, bytes: Some(7) }
        );
    }

    #[test]
    fn a_bad_wish_is_refused_with_the_way_out() {
        for (query, way_out) in [
            ("delay_ms=soon", "?delay_ms=50"),
            ("delay_ms=600001", "at most 600000"),
            ("bytes=-1", "?bytes=1000"),
            ("bytes", "?bytes=1000"),
            ("status=600", "?status=503"),
            ("status=101", "200 to 599"),
            ("hnag", "?hang"),
        ] {
            let refusal = Wishes::read(query).unwrap_err();
            assert!(refusal.contains(way_out), "{query}: {refusal}");
        }
    }
}
