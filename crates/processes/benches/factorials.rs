//! The pool of factorials against CPython's `Pool(3)` and against GMP, all measured in this one run.
//!
//! `cargo bench -p processes --bench factorials`. Every contender computes the same three factorials
//! and throws them away. They take turns, round by round, and a ratio is the median of the rounds' own
//! ratios: what slowed one contender down slowed its neighbour too.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use num_bigint::BigUint;
use processes::factorial::swing;
use processes::job::Job;
use processes::pool::{Pool, serve_if_worker};

const NUMBERS: [u64; 3] = [100_000, 100_001, 100_002];
const WORKERS: usize = 3;
const ROUNDS: usize = 15;
const FACTORIAL: Job<u64, BigUint> = Job { name: "factorial", run: swing };

/// Answers "sequence", "pool" and "start" with the seconds it took; the pool of "pool" is already open.
const PYTHON: &str = r"
import math, multiprocessing, sys, time
NUMBERS = [int(n) for n in sys.argv[1].split(',')]
if __name__ == '__main__':
    pool = multiprocessing.Pool(processes=3)
    pool.map(math.factorial, [1, 2, 3])
    for line in sys.stdin:
        start = time.perf_counter()
        if line.strip() == 'pool':
            answers = pool.map(math.factorial, NUMBERS)
        elif line.strip() == 'start':
            with multiprocessing.Pool(processes=3) as other:
                other.map(math.factorial, [1, 2, 3])
        else:
            answers = [math.factorial(n) for n in NUMBERS]
        print(time.perf_counter() - start, flush=True)
    pool.terminate()
";

/// Answers every line with the seconds that GMP took for all the numbers.
const GMP: &str = r#"
#include <gmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int main(int argc, char **argv) {
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        struct timespec start, end;
        clock_gettime(CLOCK_MONOTONIC, &start);
        for (int i = 1; i < argc; i++) {
            mpz_t number;
            mpz_init(number);
            mpz_fac_ui(number, strtoul(argv[i], NULL, 10));
            mpz_clear(number);
        }
        clock_gettime(CLOCK_MONOTONIC, &end);
        printf("%f\n", (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9);
        fflush(stdout);
    }
}
"#;

/// The same for GMP through Python, where there is no C compiler.
const GMPY2: &str = r"
import gmpy2, sys, time
NUMBERS = [int(n) for n in sys.argv[1:]]
for line in sys.stdin:
    start = time.perf_counter()
    answers = [gmpy2.fac(n) for n in NUMBERS]
    print(time.perf_counter() - start, flush=True)
";

fn main() -> Result<(), Box<dyn Error>> {
    serve_if_worker(&[&FACTORIAL]);
    let mut python =
        Rival::start(&mut python_command(PYTHON, &NUMBERS.map(|n| n.to_string()).join(",")));
    let mut gmp = start_gmp();
    let mut pool = Pool::start(&FACTORIAL, WORKERS)?;

    let mut rust = Times::default();
    let (mut python_times, mut gmp_times) = (Times::default(), Times::default());
    for round in 0..=ROUNDS {
        if round == 1 {
            // Round 0 warmed everybody up: pages, caches, clock rates.
            (rust, python_times, gmp_times) = Default::default();
        }
        rust.sequence.push(measure(|| NUMBERS.map(swing)));
        if let Some(gmp) = &mut gmp {
            gmp_times.sequence.push(gmp.time("sequence")?);
        }
        rust.pool.push(measure(|| pool.map(&NUMBERS)));
        rust.start.push(measure(open_and_close_a_pool));
        if let Some(python) = &mut python {
            python_times.pool.push(python.time("pool")?);
            python_times.sequence.push(python.time("sequence")?);
            python_times.start.push(python.time("start")?);
        }
    }
    pool.close()?;
    print!("{}", table(&rust, &python_times, &gmp_times)?);
    Ok(())
}

/// One contender's seconds, per round.
#[derive(Default)]
struct Times {
    /// `map` over a pool that is already open.
    pool: Vec<f64>,
    /// One factorial after the other, in one process.
    sequence: Vec<f64>,
    /// Open a pool of three, have each small answer once, end it.
    start: Vec<f64>,
}

fn table(rust: &Times, python: &Times, gmp: &Times) -> Result<String, Box<dyn Error>> {
    let mut out = format!(
        "factorials of {NUMBERS:?}, {WORKERS} workers, medians of {ROUNDS} alternating rounds\n\n"
    );
    writeln!(out, "{:<28}{:>10}{:>12}{:>10}", "milliseconds", "Rust", "CPython", "GMP")?;
    let all = [rust, python, gmp];
    for (name, times) in [
        ("pool, already open", all.map(|times| &times.pool)),
        ("one after the other", all.map(|times| &times.sequence)),
        ("open and end a pool", all.map(|times| &times.start)),
    ] {
        let cell = |times: &Vec<f64>| {
            median(times).map_or("–".to_owned(), |s| format!("{:.1}", s * 1e3))
        };
        let [rust, python, gmp] = times.map(cell);
        writeln!(out, "{name:<28}{rust:>10}{python:>12}{gmp:>10}")?;
    }
    let verdicts = [
        ("CPython's open pool / our open pool", &python.pool, &rust.pool, Target::AtLeast(4.0)),
        (
            "… with opening counted on both sides",
            &python.opened(),
            &rust.opened(),
            Target::AtLeast(4.0),
        ),
        ("our open pool / GMP one after the other", &rust.pool, &gmp.sequence, Target::AtMost(3.0)),
        ("one after the other: ours / GMP's", &rust.sequence, &gmp.sequence, Target::AtMost(3.0)),
    ];
    out += "\n";
    for (what, above, below, target) in verdicts {
        out += &verdict(what, ratio(above, below), target);
    }
    if python.pool.is_empty() {
        out += "CPython was skipped: install python3 to compare with it\n";
    }
    if gmp.sequence.is_empty() {
        out += "GMP was skipped: `pip install gmpy2`, or install a C compiler and libgmp-dev\n";
    }
    Ok(out)
}

#[derive(Clone, Copy)]
enum Target {
    AtLeast(f64),
    AtMost(f64),
}

fn verdict(what: &str, ratio: Option<f64>, target: Target) -> String {
    let Some(ratio) = ratio else {
        return format!("{what:<42} not measured\n");
    };
    let (met, wanted) = match target {
        Target::AtLeast(least) => (ratio >= least, format!("at least {least}")),
        Target::AtMost(most) => (ratio <= most, format!("at most {most}")),
    };
    let word = if met { "met" } else { "not met" };
    format!("{what:<42}{ratio:>6.2}   target {wanted}: {word}\n")
}

impl Times {
    /// Opening a pool and using it once.
    fn opened(&self) -> Vec<f64> {
        self.pool.iter().zip(&self.start).map(|(map, start)| map + start).collect()
    }
}

/// The median of the ratios within each round; `None` when one of the two was not there.
fn ratio(above: &[f64], below: &[f64]) -> Option<f64> {
    let ratios: Vec<f64> = above.iter().zip(below).map(|(above, below)| above / below).collect();
    median(&ratios)
}

fn median(times: &[f64]) -> Option<f64> {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

fn measure<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64()
}

fn open_and_close_a_pool() {
    let mut pool = Pool::start(&FACTORIAL, WORKERS).expect("it started before");
    assert!(pool.map(&[1, 2, 3]).iter().all(Result::is_ok));
    pool.close().expect("idle workers end as agreed");
}

/// Another program that measures itself when asked by a line, so that its own start is not counted.
struct Rival {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Rival {
    /// `None` when the program cannot be started or does not get through a first round.
    fn start(command: &mut Command) -> Option<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let to = child.stdin.take()?;
        let from = BufReader::new(child.stdout.take()?);
        let mut rival = Self { child, to, from };
        rival.time("sequence").ok().map(|_| rival)
    }

    fn time(&mut self, what: &str) -> Result<f64, Box<dyn Error>> {
        writeln!(self.to, "{what}")?;
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        Ok(line.trim().parse()?)
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn python_command(program: &str, arguments: &str) -> Command {
    let mut command = Command::new("python3");
    command.args(["-c", program]).args(arguments.split(' '));
    command
}

fn start_gmp() -> Option<Rival> {
    let numbers = NUMBERS.map(|n| n.to_string());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (folder.join("gmp.c"), folder.join("gmp"));
    fs::write(&source, GMP).ok()?;
    let mut compile = Command::new("cc");
    compile.arg("-O2").arg(&source).arg("-o").arg(&program).arg("-lgmp").stderr(Stdio::null());
    if compile.status().is_ok_and(|status| status.success()) {
        return Rival::start(Command::new(program).args(&numbers));
    }
    Rival::start(&mut python_command(GMPY2, &numbers.join(" ")))
}
