//! Our five ways to fetch N pages at once.

use std::fmt;
use std::future::Future;
use std::io;
use std::thread;

use clap::ValueEnum;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{self, Runtime};
use tokio::task::{self, JoinSet};

use crate::usage::Measured;

/// A thread here waits and does little else, and 10,000 times the usual 2 MiB is a lot of address space.
const STACK_BYTES: usize = 128 * 1024;

/// A way to fetch.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Client {
    /// A socket, a request in a string, the answer as bytes: the least one can do.
    Bare,
    /// reqwest, all tasks on one thread, each on its way before the next is made.
    Async,
    /// The same, but all tasks are made before the first gets its turn.
    AsyncAllFirst,
    /// reqwest, tasks on one thread per core.
    AsyncMany,
    /// reqwest's blocking client, a thread per page.
    Threads,
}

impl AsRef<str> for Client {
    fn as_ref(&self) -> &str {
        match self {
            Self::Bare => "bare",
            Self::Async => "async",
            Self::AsyncAllFirst => "async-all-first",
            Self::AsyncMany => "async-many",
            Self::Threads => "threads",
        }
    }
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Bare => "bare tokio TCP, one thread",
            Self::Async => "reqwest async, one thread",
            Self::AsyncAllFirst => "… a socket for each page",
            Self::AsyncMany => "reqwest async, many threads",
            Self::Threads => "reqwest blocking + threads",
        })
    }
}

/// Fetches `count` different pages from the server at `base`, all at once, and counts the good answers.
pub(crate) fn fetch_all(client: Client, base: &str, count: usize) -> io::Result<Measured> {
    let paths = (0..count).map(|number| format!("/stock/S{number}"));
    match client {
        Client::Bare => {
            let runtime = one_thread()?;
            let address = base.strip_prefix("http://").unwrap_or(base).to_owned();
            let fetches = paths.map(|path| fetch_bare(address.clone(), path));
            Measured::of(|| gather(&runtime, Start::OneByOne, fetches))
        }
        Client::Async | Client::AsyncAllFirst | Client::AsyncMany => {
            let runtime = if client == Client::AsyncMany { Runtime::new()? } else { one_thread()? };
            let all_first = client == Client::AsyncAllFirst;
            let start = if all_first { Start::AllFirst } else { Start::OneByOne };
            Measured::of(|| fetch_with_reqwest(&runtime, start, base, paths))
        }
        Client::Threads => Measured::of(|| fetch_with_threads(base, paths)),
    }
}

fn one_thread() -> io::Result<Runtime> {
    runtime::Builder::new_current_thread().enable_all().build()
}

/// When a task gets its first turn. None ever waits for another to finish.
#[derive(Clone, Copy, PartialEq)]
enum Start {
    /// As soon as it is made. By the time the last one starts, the first have their answers, and leave their
    /// connections to those who come.
    OneByOne,
    /// When all are made: then all have a socket and its buffers before the first has an answer.
    AllFirst,
}

/// Runs every fetch as a task of its own and counts those that went well.
fn gather<F>(runtime: &Runtime, start: Start, fetches: impl Iterator<Item = F>) -> io::Result<usize>
where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    runtime.block_on(async {
        let mut answered = 0;
        let mut tasks = JoinSet::new();
        for fetch in fetches {
            tasks.spawn(fetch);
            if start == Start::OneByOne {
                task::yield_now().await;
            }
        }
        while let Some(fetched) = tasks.join_next().await {
            fetched??;
            answered += 1;
        }
        Ok(answered)
    })
}

async fn fetch_bare(address: String, path: String) -> io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(256);
    stream.read_to_end(&mut answer).await?;
    if answer.starts_with(b"HTTP/1.1 200 ") { Ok(()) } else { Err(io::Error::other("not a 200")) }
}

/// Asks of a client's builder, blocking or not, that its sockets be left as the system makes them: the bare
/// client sets no option on its own, and reqwest would set five, a system call each.
macro_rules! lean {
    ($builder:expr) => {{
        // All three: as long as one of them is set, keep-alive is on.
        let builder = $builder.no_proxy().tcp_keepalive(None);
        let builder = builder.tcp_keepalive_interval(None).tcp_keepalive_retries(None);
        #[cfg(target_os = "linux")]
        let builder = builder.tcp_user_timeout(None);
        // A request is one write with nothing before it: there is nothing that Nagle's algorithm would hold back.
        builder.tcp_nodelay(false)
    }};
}

fn fetch_with_reqwest(
    runtime: &Runtime,
    start: Start,
    base: &str,
    paths: impl Iterator<Item = String>,
) -> io::Result<usize> {
    // One client for all, as its documentation asks: it keeps the connections.
    let mut builder = reqwest::Client::builder();
    if start == Start::AllFirst {
        // No connection is used twice, and they would be kept for nothing.
        builder = builder.pool_max_idle_per_host(0);
    }
    let client = lean!(builder).build().map_err(io::Error::other)?;
    gather(runtime, start, paths.map(|path| fetch(client.clone(), format!("{base}{path}"))))
}

async fn fetch(client: reqwest::Client, url: String) -> io::Result<()> {
    let fetched = async { client.get(url).send().await?.error_for_status()?.bytes().await };
    fetched.await.map(drop).map_err(io::Error::other)
}

fn fetch_with_threads(base: &str, paths: impl Iterator<Item = String>) -> io::Result<usize> {
    // Without a pool: threads that pass connections on to each other are slower than threads that open their own.
    let client = lean!(reqwest::blocking::Client::builder().pool_max_idle_per_host(0));
    let client = client.build().map_err(io::Error::other)?;
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for path in paths {
            let (client, url) = (&client, format!("{base}{path}"));
            let fetch = move || client.get(url).send()?.error_for_status()?.bytes();
            threads
                .push(thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, fetch)?);
        }
        let mut answered = 0;
        for thread in threads {
            thread.join().expect("a fetch returns its errors").map_err(io::Error::other)?;
            answered += 1;
        }
        Ok(answered)
    })
}
