//! The server itself: a thread with its own runtime that listens, waits, answers, and stops on drop.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;

use crate::menu::{self, Page};
use crate::query::{Fault, Wishes};

/// Connections the system may hold for us between two accepts. std's listener asks for 128, and 10,000 clients
/// arriving at once would be turned away to retry a second later. Linux itself caps this at 4096 by default.
const BACKLOG: u32 = 4096;

/// How long the server takes before each answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay(Duration);

impl Delay {
    /// A delay in milliseconds.
    pub const fn ms(milliseconds: u64) -> Self {
        Self(Duration::from_millis(milliseconds))
    }
}

/// Starts a server without faults that answers every request after `delay`.
///
/// # Errors
///
/// As [`Builder::start`].
pub fn start(delay: Delay) -> io::Result<SlowServer> {
    SlowServer::builder().delay(delay.0).start()
}

/// A server to be: which port, how slow, and what goes wrong.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    port: u16,
    delay: Duration,
    statuses: Vec<(String, u16)>,
    hangs: Vec<String>,
}

impl Builder {
    /// Listens on this port; 0, the default, lets the system pick a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Waits this long before each answer; the default is not to wait.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Answers with `status` (200 to 599) wherever the last segment of the path is `segment`.
    pub fn fail(mut self, segment: &str, status: u16) -> Self {
        self.statuses.push((segment.to_owned(), status));
        self
    }

    /// Never answers where the last segment of the path is `segment`; this outranks [`Builder::fail`].
    pub fn hang(mut self, segment: &str) -> Self {
        self.hangs.push(segment.to_owned());
        self
    }

    /// Starts the server on a thread named `slow-server`; it accepts connections when this returns.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidInput`] for a status outside 200 to 599; otherwise whatever keeps the system from
    /// giving us the port, a socket or a thread, such as [`io::ErrorKind::AddrInUse`].
    pub fn start(self) -> io::Result<SlowServer> {
        let mut faults = HashMap::new();
        for (segment, code) in self.statuses {
            let fault = Fault::status(code)
                .map_err(|why| io::Error::new(io::ErrorKind::InvalidInput, why))?;
            faults.insert(segment, fault);
        }
        faults.extend(self.hangs.into_iter().map(|segment| (segment, Fault::Hang)));
        let kitchen = Arc::new(Kitchen {
            delay: self.delay,
            faults,
            counts: Counts::default(),
        });

        // The listener is bound on the server's thread, inside its runtime; the address, or why there is none,
        // comes back through this channel.
        let (bound, address) = mpsc::sync_channel(1);
        let (stop, stopped) = oneshot::channel();
        let (port, in_thread) = (self.port, Arc::clone(&kitchen));
        let thread = thread::Builder::new()
            .name("slow-server".into())
            .spawn(move || run(port, &in_thread, stopped, &bound))?;
        let address = address
            .recv()
            .expect("the thread reports before it does anything else")?;
        Ok(SlowServer {
            address,
            kitchen,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

/// A running server; dropping it closes every connection, answered or not, and joins its thread.
#[derive(Debug)]
pub struct SlowServer {
    address: SocketAddr,
    kitchen: Arc<Kitchen>,
    // Both are `Some` until drop takes them.
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl SlowServer {
    /// A server to be configured and started.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The URL of `path` on this server: `url("/stock/AAPL")` is `http://127.0.0.1:PORT/stock/AAPL`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Where the server listens.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// How many requests were answered, whatever the status. A client that has read its answer is counted.
    pub fn served(&self) -> usize {
        // Relaxed: a count that guards no other data. Whoever has read an answer learnt of it through the
        // socket, after the increment.
        self.kitchen.counts.served.load(Ordering::Relaxed)
    }

    /// The most requests that were in the server's hands at one time.
    pub fn peak(&self) -> usize {
        // Relaxed: as in `served`.
        self.kitchen.counts.peak.load(Ordering::Relaxed)
    }
}

impl Drop for SlowServer {
    fn drop(&mut self) {
        // Dropping the sender is the signal: it cannot fail, and needs no value.
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic there was already printed by its own hook, and a drop must not start a second one.
            let _ = thread.join();
        }
    }
}

/// What all requests share.
#[derive(Debug)]
struct Kitchen {
    delay: Duration,
    faults: HashMap<String, Fault>,
    counts: Counts,
}

// All Relaxed: plain tallies, each correct by itself; no reader infers anything else from them.
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

fn run(
    port: u16,
    kitchen: &Arc<Kitchen>,
    stopped: oneshot::Receiver<Infallible>,
    bound: &mpsc::SyncSender<io::Result<SocketAddr>>,
) {
    let started = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| {
            let listener = runtime.block_on(async { listen(port) })?;
            let address = listener.local_addr()?;
            Ok((runtime, listener, address))
        });
    match started {
        Err(error) => bound.send(Err(error)).expect("the starter waits for this"),
        Ok((runtime, listener, address)) => {
            bound.send(Ok(address)).expect("the starter waits for this");
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    () = accept_forever(&listener, kitchen) => {}
                }
            });
            // Here the runtime is dropped and with it every connection, so a hanging request holds up nothing.
        }
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // Elsewhere than on Windows this only means: do not wait out the last server's closing connections.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(BACKLOG)
}

async fn accept_forever(listener: &TcpListener, kitchen: &Arc<Kitchen>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(attend(stream, Arc::clone(kitchen)));
            }
            // Most likely out of descriptors. The client stays in the backlog; asking again at once would only
            // burn the time in which another connection could close.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn attend(stream: TcpStream, kitchen: Arc<Kitchen>) {
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
    response.headers_mut().insert(
        CONTENT_TYPE,
        hyper::header::HeaderValue::from_static(page.content_type),
    );
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
    match wishes
        .fault
        .or_else(|| kitchen.faults.get(segment).copied())
    {
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
        Kitchen {
            delay: Duration::from_millis(delay_ms),
            faults: HashMap::new(),
            counts: Counts::default(),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn every_answer_takes_the_delay_and_a_request_can_ask_for_another() {
        for (query, expected_ms) in [
            ("", 300),
            ("delay_ms=50", 50),
            ("delay_ms=0", 0),
            ("delay_ms=soon", 0),
        ] {
            let before = Instant::now();
            prepare(&kitchen(300), &Method::GET, "/stock/AAPL", query)
                .await
                .unwrap();
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
