//! What interleave, loom and shuttle need for the same verdicts: runs and time, measured side by side.
//!
//! Each case runs in a process of its own, since a deadlock under loom ends the whole process, and since
//! some searches have to be given up.

#![allow(
    clippy::duplicate_mod,
    reason = "the same programs over three runtimes are what is compared"
)]

use std::env;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A search that takes longer is given up.
const CAP: Duration = Duration::from_secs(5);

mod over_interleave;
mod over_loom;
mod over_shuttle;

/// How many runs the search of this process has begun.
static RUNS: AtomicU64 = AtomicU64::new(0);

const TOOLS: [&str; 3] = ["interleave", "loom", "shuttle"];

fn main() {
    let words: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    match &words[..] {
        [tool, case] => search(tool, case.parse().expect("the number of a case")),
        _ => compare(),
    }
}

/// One search, to its end or to the program's first failure. Its output is read by [`measure`].
fn search(tool: &str, case: usize) {
    let counted = |body: fn()| {
        move || {
            // Relaxed: only the number counts.
            RUNS.fetch_add(1, Ordering::Relaxed);
            body();
        }
    };
    let quiet = || std::panic::set_hook(Box::new(|_| report("wrong")));
    std::thread::spawn(|| {
        std::thread::sleep(CAP);
        report("given up");
    });
    SINCE.get_or_init(Instant::now);
    let is_right = match tool {
        "interleave" => {
            let found =
                interleave::Explorer::new().explore(over_interleave::programs::PROGRAMS[case].1);
            RUNS.store(found.runs, Ordering::Relaxed);
            found.fault.is_none() && found.complete
        }
        "loom" => {
            quiet();
            ::loom::model(counted(over_loom::programs::PROGRAMS[case].1));
            true
        }
        _ => {
            quiet();
            ::shuttle::check_dfs(counted(over_shuttle::programs::PROGRAMS[case].1), None);
            true
        }
    };
    report(if is_right { "right" } else { "wrong" });
}

static SINCE: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();

/// Prints the verdict and ends the process: a tool that has found something may not survive it.
fn report(verdict: &str) -> ! {
    let took = SINCE.get().map_or(0, |since| since.elapsed().as_micros());
    println!("{verdict};{};{took}", RUNS.load(Ordering::Relaxed));
    std::process::exit(0);
}

/// What one tool said of one case.
struct Measured {
    verdict: String,
    runs: u64,
    time: Duration,
}

fn measure(tool: &str, case: usize) -> Measured {
    let itself = env::current_exe().expect("this program knows where it lies");
    let mut child = Command::new(itself)
        .args([tool, &case.to_string()])
        .env("RUST_BACKTRACE", "0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program can be started again");
    let mut text = String::new();
    child.stdout.take().expect("it is piped").read_to_string(&mut text).expect("it prints text");
    child.wait().expect("it has ended");
    let mut words = text.lines().last().unwrap_or("no answer;0;0").split(';');
    let mut next = || words.next().unwrap_or("0").to_owned();
    let (verdict, runs, time) = (next(), next(), next());
    Measured {
        verdict,
        runs: runs.parse().unwrap_or(0),
        time: Duration::from_micros(time.parse().unwrap_or(0)),
    }
}

fn compare() {
    println!("{:<46} {:>18} {:>20} {:>20}", "", TOOLS[0], TOOLS[1], TOOLS[2]);
    let mut worst = Duration::ZERO;
    let (mut mistakes, mut given_up) = ([0; 3], [0; 3]);
    for (case, (name, _, is_right)) in over_interleave::programs::PROGRAMS.iter().enumerate() {
        let expected = if *is_right { "right" } else { "wrong" };
        print!("{name:<46}");
        for (at, tool) in TOOLS.iter().enumerate() {
            let found = measure(tool, case);
            let sign = match found.verdict.as_str() {
                "given up" => "…",
                verdict if verdict == expected => "✓",
                _ => "✗",
            };
            given_up[at] += usize::from(sign == "…");
            mistakes[at] += usize::from(sign == "✗");
            let time = found.time.as_secs_f64() * 1e3;
            print!(" {sign} {:>7} {time:>8.1} ms", found.runs);
            if at == 0 {
                worst = worst.max(found.time);
            }
        }
        println!();
    }
    for (at, tool) in TOOLS.iter().enumerate() {
        println!(
            "{tool}: {} wrong verdicts, {} given up after {CAP:?}",
            mistakes[at], given_up[at]
        );
    }
    println!(
        "interleave's slowest: {:.0} ms (aim in the dev profile: 100 ms)",
        worst.as_secs_f64() * 1e3
    );
}
