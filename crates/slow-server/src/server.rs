//! The server itself: a thread with its own runtime that listens, waits, answers, and stops on drop.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;

use crate::kitchen::{Kitchen, attend};
use crate::query::Fault;

/// Connections the system may hold for us at one door between two accepts; Linux grants no more by default. std's
/// listener asks for 128. Whoever finds the queue full is turned away and comes back a full second later.
const BACKLOG: u32 = 4096;

/// Listeners on our one port, each with a queue of its own; Linux spreads the clients evenly over them. Together
/// they hold 10,000 clients who all arrive before the server gets to run, so that no measurement ever contains
/// that lost second. Other systems have no such spreading, and get one.
const DOORS: usize = if cfg!(target_os = "linux") { 4 } else { 1 };

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
        let kitchen = Arc::new(Kitchen::new(self.delay, faults));

        // The listener is bound on the server's thread, inside its runtime; the address, or why there is none,
        // comes back through this channel.
        let (bound, address) = mpsc::sync_channel(1);
        let (stop, stopped) = oneshot::channel();
        let (port, in_thread) = (self.port, Arc::clone(&kitchen));
        let thread = thread::Builder::new()
            .name("slow-server".into())
            .spawn(move || run(port, &in_thread, stopped, &bound))?;
        let address = address.recv().expect("the thread reports before it does anything else")?;
        Ok(SlowServer { address, kitchen, stop: Some(stop), thread: Some(thread) })
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
        self.kitchen.served()
    }

    /// The most requests that were in the server's hands at one time.
    pub fn peak(&self) -> usize {
        self.kitchen.peak()
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

fn run(
    port: u16,
    kitchen: &Arc<Kitchen>,
    stopped: oneshot::Receiver<Infallible>,
    bound: &mpsc::SyncSender<io::Result<SocketAddr>>,
) {
    let started = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(async { listen(port) }).map(|doors| (runtime, doors)));
    match started {
        Err(error) => bound.send(Err(error)).expect("the starter waits for this"),
        Ok((runtime, (address, doors))) => {
            bound.send(Ok(address)).expect("the starter waits for this");
            for door in doors {
                runtime.spawn(accept_forever(door, Arc::clone(kitchen)));
            }
            // Ends with an error, by design: the sender is dropped. Then the runtime is dropped too, and with it
            // every connection, so a hanging request holds up nothing.
            let _ = runtime.block_on(stopped);
        }
    }
}

fn listen(port: u16) -> io::Result<(SocketAddr, Vec<TcpListener>)> {
    // Sockets that share a port would join those of another slow server there. One that does not share finds out
    // whether the port is free. The system never picks a used one by itself.
    if port != 0 {
        bind(port, false)?;
    }
    let first = bind(port, DOORS > 1)?;
    let address = first.local_addr()?;
    let mut doors = vec![first.listen(BACKLOG)?];
    while doors.len() < DOORS {
        doors.push(bind(address.port(), true)?.listen(BACKLOG)?);
    }
    Ok((address, doors))
}

fn bind(port: u16, shared: bool) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Elsewhere than on Windows this only means: do not wait out the last server's closing connections.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    #[cfg(target_os = "linux")]
    socket.set_reuseport(shared)?;
    #[cfg(not(target_os = "linux"))]
    debug_assert!(!shared, "one door here");
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    Ok(socket)
}

async fn accept_forever(door: TcpListener, kitchen: Arc<Kitchen>) {
    loop {
        match door.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(attend(stream, Arc::clone(&kitchen)));
            }
            // Most likely out of descriptors. The client stays in the queue; asking again at once would only
            // burn the time in which another connection could close.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}
