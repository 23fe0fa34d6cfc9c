//! The fetch benchmark: how near async comes to the limit of the machine, and how far ahead of threads and Python.
//!
//! Run it with `cargo bench -p async --bench fetches`, or in a quarter of the time with `-- --quick`. Every
//! contender fetches the same N pages from a server that takes 100 ms for each, as many at once as it can, so 100 ms
//! is the least possible and the rest is work, the server's and the contender's own: bare TCP shows how much of it
//! no client can avoid. At 10,000 nobody waits any more, everybody works, and times drift towards the ratio of the
//! CPU times.
//!
//! Then it matters when a fetch begins. No fetch here waits for another one to end; but starting 10,000 takes longer
//! than 100 ms, and a client that sends each on its way before it makes the next gets the first answers while it is
//! still starting, and uses their connections again. One that makes all its tasks first (`gather` and `join_all` do)
//! opens a socket for every page, with the buffers that belong to it. The last column tells how many the server had
//! in hand at one time.
//!
//! Contenders take turns, round by round, since a machine's mood lasts longer than a run; the table gives the
//! medians. Each turn has a fresh server and a fresh client, both processes of their own (this program again, with
//! a role), so that neither's CPU time and memory counts for the other's.

mod clients;
mod descriptors;
mod report;
mod usage;

use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use clap::{Parser, Subcommand};
use slow_server::Delay;

use crate::clients::Client;
use crate::report::{Run, Table};
use crate::usage::Measured;

const DELAY_MS: u64 = 100;

/// Fetches 1,000 and 10,000 pages at once, in seven ways, and compares.
#[derive(Parser)]
struct Knobs {
    /// Only 1,000 fetches
    #[arg(long)]
    quick: bool,
    /// How often each contender takes its turn
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,
    /// The interpreter for the contenders written in Python
    #[arg(long, default_value = "python3")]
    python: String,
    // Cargo passes it to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
    #[command(subcommand)]
    role: Option<Role>,
}

/// What this program does when it is started by itself.
#[derive(Subcommand)]
enum Role {
    /// Prints the base URL; after its input closes, how many requests were served and the most at once
    #[command(hide = true)]
    Serve,
    /// Fetches `count` pages and prints what that took
    #[command(hide = true)]
    Fetch { client: Client, base: String, count: usize },
}

/// Who competes: our clients in this program, theirs in a script beside it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Contender {
    Ours(Client),
    Python { script: &'static str, module: &'static str },
}

pub(crate) const BARE: Contender = Contender::Ours(Client::Bare);
pub(crate) const ASYNC: Contender = Contender::Ours(Client::Async);
pub(crate) const THREADS: Contender = Contender::Ours(Client::Threads);
pub(crate) const AIOHTTP: Contender =
    Contender::Python { script: "with_aiohttp.py", module: "aiohttp" };
pub(crate) const REQUESTS: Contender =
    Contender::Python { script: "with_requests.py", module: "requests" };
const ALL: [Contender; 7] = [
    BARE,
    ASYNC,
    Contender::Ours(Client::AsyncAllFirst),
    Contender::Ours(Client::AsyncMany),
    THREADS,
    AIOHTTP,
    REQUESTS,
];

fn main() -> ExitCode {
    let knobs = Knobs::parse();
    let outcome = match &knobs.role {
        Some(Role::Serve) => serve(),
        Some(Role::Fetch { client, base, count }) => {
            clients::fetch_all(*client, base, *count).map(|measured| println!("{measured}"))
        }
        None => compete(&knobs),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fetches: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> io::Result<()> {
    let server = slow_server::start(Delay::ms(DELAY_MS))?;
    println!("{}", server.url(""));
    io::stdout().flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    println!("{} {}", server.served(), server.peak());
    Ok(())
}

fn compete(knobs: &Knobs) -> io::Result<()> {
    let contenders: Vec<Contender> =
        ALL.into_iter().filter(|contender| is_here(*contender, &knobs.python)).collect();
    let sizes: &[usize] = if knobs.quick { &[1_000] } else { &[1_000, 10_000] };
    for &count in sizes {
        // The processes we start inherit the limit.
        if let Err(way_out) = descriptors::allow(count) {
            println!("\n{count} fetches: left out. {way_out}");
            continue;
        }
        let mut table = Table::new(count, DELAY_MS, &contenders);
        for round in 1..=knobs.rounds {
            eprintln!("{count} fetches, round {round} of {}", knobs.rounds);
            let turns =
                contenders.iter().map(|contender| take_turn(*contender, count, &knobs.python));
            table.add_round(turns.collect::<io::Result<_>>()?);
        }
        println!("\n{table}");
    }
    Ok(())
}

fn is_here(contender: Contender, python: &str) -> bool {
    let Contender::Python { script, module } = contender else {
        return true;
    };
    let import = Command::new(python)
        .args(["-c", &format!("import {module}")])
        .stderr(Stdio::null())
        .status();
    let found = import.is_ok_and(|status| status.success());
    if !found {
        eprintln!(
            "{script} is left out: {python} has no `{module}`; to include it: `pip install aiohttp requests`"
        );
    }
    found
}

/// One contender's turn against a fresh server.
///
/// # Errors
///
/// When a process cannot be started or does not do its part; a benchmark with missing answers measures nothing.
fn take_turn(contender: Contender, count: usize, python: &str) -> io::Result<Run> {
    let server = ServerProcess::start()?;
    let output = client_command(contender, python)?
        .args([&server.base, &count.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    let measured: Measured = String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .map_err(|problem| io::Error::other(format!("{contender}, {count} fetches: {problem}")))?;
    let (served, at_once) = server.stop()?;
    if measured.answered != count || served != count {
        let answered = measured.answered;
        let short =
            format!("{contender}: of {count} fetches {served} were served and {answered} answered");
        return Err(io::Error::other(short));
    }
    Ok(Run { measured, at_once })
}

fn client_command(contender: Contender, python: &str) -> io::Result<Command> {
    Ok(match contender {
        Contender::Ours(client) => {
            let mut command = Command::new(std::env::current_exe()?);
            command.args(["fetch", client.as_ref()]);
            command
        }
        Contender::Python { script, .. } => {
            let folder: PathBuf =
                [env!("CARGO_MANIFEST_DIR"), "benches", "fetches"].iter().collect();
            let mut command = Command::new(python);
            command.arg(folder.join(script));
            command
        }
    })
}

/// A slow server in a process of its own.
struct ServerProcess {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    base: String,
}

impl ServerProcess {
    fn start() -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdin = child.stdin.take().expect("piped above");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped above"));
        let base = read_line(&mut stdout)?;
        Ok(Self { child, stdin, stdout, base })
    }

    /// Stops it and returns how many requests it served and the most it had at once.
    fn stop(mut self) -> io::Result<(usize, usize)> {
        drop(self.stdin);
        let counts = read_line(&mut self.stdout)?;
        self.child.wait()?;
        counts
            .split_once(' ')
            .and_then(|(served, peak)| Some((served.parse().ok()?, peak.parse().ok()?)))
            .ok_or_else(|| {
                io::Error::other(format!("the server ended with {counts:?}, not its two counts"))
            })
    }
}

fn read_line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}
