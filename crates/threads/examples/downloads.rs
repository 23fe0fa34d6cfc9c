//! Three downloads at once: start threads, wait for them, take what they bring, notice when one dies.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use clap::builder::RangedU64ValueParser;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget};
use threads::Panic;
use tracing::{info, info_span};

fn main() -> io::Result<()> {
    let knobs = Knobs::checked();
    let recorder = timeline::start();
    let mut tally = BTreeMap::<String, u64>::new();
    for _ in 0..knobs.runs {
        let _ = recorder.take(); // the chart shows the last run
        let bars = MultiProgress::with_draw_target(knobs.draw_target());
        let begin = Instant::now();
        let downloads = start_all(&bars, knobs)?;
        if knobs.join == Join::No {
            leave(&downloads, &bars, knobs);
            break; // at the end of `main` the process ends, and takes every thread with it
        }
        let mut files = join_all(downloads, &bars, knobs);
        let one_by_one = knobs.sleep() * knobs.files;
        info!(target: "measured", speedup = one_by_one.div_duration_f64(begin.elapsed()));
        files.sort_by_key(|file| file.finished);
        let order: Vec<_> = files.iter().map(|file| file.number.to_string()).collect();
        *tally.entry(order.join(" ")).or_default() += 1;
    }
    show_tally(tally, knobs);
    recorder.finish().show();
    Ok(())
}

/// Starts one thread for each file. From here on they run, whether anyone waits for them or not.
fn start_all(bars: &MultiProgress, knobs: Knobs) -> io::Result<Vec<JoinHandle<File>>> {
    let start = |number| {
        say(bars, knobs, &format!("Downloading file {number}..."));
        let bar = bars.add(ProgressBar::new_spinner());
        let named = thread::Builder::new().name(format!("download {number}"));
        named.spawn(move || download(number, &bar, knobs))
    };
    (0..knobs.files).map(start).collect()
}

/// What a download brings home.
struct File {
    number: u32,
    finished: Instant,
}

fn download(number: u32, bar: &ProgressBar, knobs: Knobs) -> File {
    let _download = info_span!("download", file = number).entered();
    bar.set_message(format!("file {number} is on its way"));
    bar.enable_steady_tick(Duration::from_millis(100));
    info_span!("wait", on = "the network").in_scope(|| thread::sleep(knobs.sleep()));
    assert!(knobs.panic != Some(number), "the line went dead");
    bar.finish_with_message(format!("file {number} is here"));
    File { number, finished: Instant::now() }
}

/// Waits for the threads in the order they were started, and takes what each returns.
fn join_all(downloads: Vec<JoinHandle<File>>, bars: &MultiProgress, knobs: Knobs) -> Vec<File> {
    let mut files = Vec::new();
    for (number, download) in (0..).zip(downloads) {
        let join =
            || info_span!("wait", on = format!("download {number}")).in_scope(|| download.join());
        let outcome = if knobs.join == Join::Unwrap { Ok(join().unwrap()) } else { join() };
        match outcome {
            Ok(file) => {
                assert_eq!(file.number, number, "a handle brings its own thread's value");
                say(bars, knobs, &format!("Finished downloading file {number}"));
                files.push(file);
            }
            Err(panic) => {
                assert_eq!(knobs.panic, Some(number), "only the thread told to die dies");
                // Any value may travel in a panic; `panic!` and `assert!` send text.
                let panic = Panic::from(panic);
                say(bars, knobs, &format!("Lost file {number}: {}", panic.message()));
            }
        }
    }
    files
}

/// Goes on with other work and asks no thread how it went.
fn leave(downloads: &[JoinHandle<File>], bars: &MultiProgress, knobs: Knobs) {
    let linger = Duration::from_millis(knobs.linger_ms);
    info_span!("wait", on = "something else").in_scope(|| thread::sleep(linger));
    let running = downloads.iter().filter(|download| !download.is_finished()).count();
    info!(target: "measured", still_running = running);
    say(bars, knobs, "Leaving, without a join");
}

/// In which order the downloads finished; after many runs, how often in which, the most frequent first.
fn show_tally(tally: BTreeMap<String, u64>, knobs: Knobs) {
    let mut tally: Vec<_> = tally.into_iter().collect();
    tally.sort_by_key(|(_, runs)| Reverse(*runs));
    if knobs.runs > 1 {
        for (order, runs) in tally.iter().take(12) {
            eprintln!("{runs:>6} times in the order {order}");
        }
        info!(target: "measured", orders_seen = tally.len(), runs = knobs.runs);
    } else if let Some((order, _)) = tally.pop() {
        info!(target: "measured", finished_in_order = order);
    }
}

/// Prints a line that is the same on every run; the bars, which are not, step aside. Many runs print nothing.
fn say(bars: &MultiProgress, knobs: Knobs, line: &str) {
    if knobs.runs == 1 {
        // A reader that has seen enough (`| head -1`) is no error.
        let _ = bars.suspend(|| writeln!(io::stdout(), "{line}"));
    }
}

/// Downloads files at the same time, a thread for each. The network is a sleep.
#[derive(Clone, Copy, Parser)]
struct Knobs {
    /// Files to download
    #[arg(long, default_value_t = 3, value_parser = RangedU64ValueParser::<u32>::new().range(1..=64))]
    files: u32,
    /// Milliseconds that each file takes
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(..=60_000))]
    sleep_ms: u64,
    /// How often to do it all; more than once prints only how often the files came in which order
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    runs: u64,
    /// How main waits for the threads
    #[arg(long, value_enum, default_value_t = Join::Yes)]
    join: Join,
    /// Let the thread of this file panic
    #[arg(long, value_name = "FILE")]
    panic: Option<u32>,
    /// Milliseconds that main goes on before it ends, with --join no
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=60_000))]
    linger_ms: u64,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Join {
    /// join, and look at the result: a panic is one of the answers
    Yes,
    /// join().unwrap(): a panic in a thread becomes a panic in main
    Unwrap,
    /// never
    No,
}

impl Knobs {
    fn checked() -> Self {
        let knobs = Self::parse();
        if let Some(number) = knobs.panic.filter(|number| *number >= knobs.files) {
            let last = knobs.files - 1;
            let error =
                format!("--panic {number}: there is no such file; name one from 0 to {last}");
            Self::command().error(ErrorKind::ValueValidation, error).exit();
        }
        knobs
    }

    fn sleep(self) -> Duration {
        Duration::from_millis(self.sleep_ms)
    }

    fn draw_target(self) -> ProgressDrawTarget {
        if self.runs == 1 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() }
    }
}
