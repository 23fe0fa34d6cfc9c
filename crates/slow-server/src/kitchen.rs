//! What happens to one request: it is counted in, waits, and leaves with a page or with the fault it asked for.

use std::collections::HashMap;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::menu::{self, Page};
use crate::query::{Fault, Wishes};

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Kitchen {
    delay: Duration,
    faults: HashMap<String, Fault>,
    counts: Counts,
}

impl Kitchen {
    /// A kitchen that takes `delay` for each page, except for the faults, by last path segment.
    pub(crate) fn new(delay: Duration, faults: HashMap<String, Fault>) -> Self {
        Self { delay, faults, counts: Counts::default() }
    }

    pub(crate) fn served(&self) -> usize {
        self.counts.served.load(Ordering::Relaxed)
    }

    pub(crate) fn peak(&self) -> usize {
        self.counts.peak.load(Ordering::Relaxed)
    }
}

// Every access is Relaxed: tallies that guard no other data. Whoever has read an answer learnt of it through
// the socket, after the increment, and so finds it counted.
#[derive(Debug, Default)]
struct Counts {
    served: AtomicUsize,
    in_flight: AtomicUsize,
    peak: AtomicUsize,
}

/// One request in the server's hands, from its first line to its answer or the loss of its client.
struct InFlight<'a>(&'a Counts);

impl<'a> InFlight<'a> {
    fn enter(counts: &'a Counts) -> Self {
        let now = counts.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        counts.peak.fetch_max(now, Ordering::Relaxed);
        Self(counts)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves one connection to its end.
pub(crate) async fn attend(stream: TcpStream, kitchen: Arc<Kitchen>) {
    // An answer is small and complete: holding it back for more to send would add a delay nobody asked for.
    // Should the option be refused, the answer still arrives, only later.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(|request| answer(&kitchen, request));
    // The errors that end a connection are clients leaving early and drops on request; neither is ours to report.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The error that makes hyper close a connection without an answer.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dropped on request")
    }
}

impl std::error::Error for Dropped {}

async fn answer(
    kitchen: &Kitchen,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let _in_flight = InFlight::enter(&kitchen.counts);
    let page = prepare(
        kitchen,
        request.method(),
        request.uri().path(),
        request.uri().query().unwrap_or(""),
    )
    .await?;
    kitchen.counts.served.fetch_add(1, Ordering::Relaxed);
    let mut response = Response::new(Full::new(Bytes::from(page.body)));
    *response.status_mut() = page.status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(page.content_type));
    Ok(response)
}

async fn prepare(
    kitchen: &Kitchen,
    method: &Method,
    path: &str,
    query: &str,
) -> Result<Page, Dropped> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        let way_out = format!("{method} has no meaning here: use GET\n");
        return Ok(Page::text(StatusCode::METHOD_NOT_ALLOWED, way_out));
    }
    let wishes = match Wishes::read(query) {
        Ok(wishes) => wishes,
        Err(way_out) => return Ok(Page::refusal(&way_out)),
    };
    let delay = wishes.delay.unwrap_or(kitchen.delay);
    // A timer counts in whole milliseconds: even an empty sleep would cost one.
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let segment = path.rsplit('/').next().unwrap_or_default();
    match wishes.fault.or_else(|| kitchen.faults.get(segment).copied()) {
        Some(Fault::Hang) => pending().await,
        Some(Fault::Drop) => Err(Dropped),
        Some(Fault::Status(status)) => Ok(Page::text(status, format!("{status}, as requested\n"))),
        None => {
            let mut page = menu::look_up(path);
            if let Some(bytes) = wishes.bytes {
                page.body = menu::filler(bytes);
            }
            Ok(page)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    fn kitchen(delay_ms: u64) -> Kitchen {
        Kitchen::new(Duration::from_millis(delay_ms), HashMap::new())
    }

    #[tokio::test(start_paused = true)]
    async fn every_answer_takes_the_delay_and_a_request_can_ask_for_another() {
        for (query, expected_ms) in
            [("", 300), ("delay_ms=50", 50), ("delay_ms=0", 0), ("delay_ms=soon", 0)]
        {
            let before = Instant::now();
            prepare(&kitchen(300), &Method::GET, "/stock/AAPL", query).await.unwrap();
            assert_eq!(before.elapsed().as_millis(), expected_ms, "?{query}");
        }
    }

    #[test]
    fn the_peak_remembers_what_the_present_forgets() {
        let counts = Counts::default();
        let (first, second) = (InFlight::enter(&counts), InFlight::enter(&counts));
        drop((first, second));
        drop(InFlight::enter(&counts));
        assert_eq!(counts.peak.into_inner(), 2);
        assert_eq!(counts.in_flight.into_inner(), 0);
    }
}
