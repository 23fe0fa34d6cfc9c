//! Three big factorials: one after the other, on threads, on rayon, and on a pool of processes.

use std::io::{self, Write};
use std::thread;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use num_bigint::BigUint;
use processes::checked::{Overflow, factorial_u64, factorial_u128};
use processes::factorial::{naive, swing, trailing_zeros, tree};
use processes::job::{Job, Wire};
use processes::pool::{self, Pool, PoolError};
use rayon::prelude::*;
use tracing::info_span;

fn main() -> io::Result<()> {
    pool::serve_if_worker(&[&FACTORIAL]); // first of all: a worker is this program, run again
    let knobs = Knobs::parse();
    let orders = knobs.orders();
    // Measured before the recording starts: the loop would take up the whole chart.
    let (_, naive_ms) = timed(|| naive(knobs.n[0]));
    let (_, tree_ms) = timed(|| tree(knobs.n[0]));

    let recorder = timeline::start();

    let (one_by_one, sequence_ms) = timed(|| orders.iter().map(compute).collect::<Vec<_>>());
    let (on_threads, threads_ms) = timed(|| on_threads(&orders));
    let (on_rayon, rayon_ms) = timed(|| on_rayon(&orders, knobs.workers));
    assert!(one_by_one == on_threads && one_by_one == on_rayon);

    let (pool, start_ms) = timed(|| Pool::start(&FACTORIAL, knobs.workers));
    let mut pool = pool?;
    if knobs.kill_worker == Kill::Once {
        pool.kill(0)?;
    }
    let (answers, processes_ms) = timed(|| pool.map(&orders));
    let lost = pool.replaced();
    pool.close()?;

    let (mut report, text_ms) = report(&orders, &answers, &one_by_one, knobs.print);
    report += &the_edge_of_machine_integers();
    report += &format!("workers lost and replaced: {lost}\n");
    tracing::info!(target: "measured", sequence_ms, threads_ms, rayon_ms, processes_ms, start_ms, text_ms);
    tracing::info!(target: "measured", processes_speedup = sequence_ms / processes_ms);
    tracing::info!(target: "measured", text_per_compute = text_ms / processes_ms);
    tracing::info!(target: "measured", naive_ms, tree_ms, naive_per_tree = naive_ms / tree_ms);
    recorder.finish().show();
    finish_quietly(io::stdout().write_all(report.as_bytes()))
}

/// What a worker can be asked for. The name travels when the worker starts, the order with every call.
const FACTORIAL: Job<Order, Vec<u8>> = Job { name: "factorial", run: serve };

/// One order, as it goes through the pipe.
#[derive(Clone, Copy)]
struct Order {
    n: u64,
    algo: Algo,
    transport: Transport,
    deadly: bool,
}

impl Wire for Order {
    fn encode(&self) -> Vec<u8> {
        let mut bytes = self.n.to_le_bytes().to_vec();
        bytes.extend([self.algo as u8, self.transport as u8, u8::from(self.deadly)]);
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (n, &[algo, transport, deadly]) = bytes.split_first_chunk()? else { return None };
        Some(Self {
            n: u64::from_le_bytes(*n),
            algo: *Algo::value_variants().get(usize::from(algo))?,
            transport: *Transport::value_variants().get(usize::from(transport))?,
            deadly: deadly != 0,
        })
    }
}

/// In the worker: compute, and put the answer into the bytes asked for.
fn serve(order: Order) -> Vec<u8> {
    if order.deadly {
        std::process::abort(); // no unwinding, no message: as rude as a crash in C
    }
    let number = compute(&order);
    match order.transport {
        Transport::Binary => number.to_bytes_le(),
        Transport::Decimal => number.to_string().into_bytes(),
    }
}

fn compute(order: &Order) -> BigUint {
    let _span = info_span!("factorial", n = order.n).entered();
    match order.algo {
        Algo::Naive => naive(order.n),
        Algo::Tree => tree(order.n),
        Algo::Swing => swing(order.n),
    }
}

/// One thread per order: threads of one process, and no interpreter lock between them.
fn on_threads(orders: &[Order]) -> Vec<BigUint> {
    thread::scope(|scope| {
        let start = |(i, order)| {
            let named = thread::Builder::new().name(format!("thread {i}"));
            named.spawn_scoped(scope, move || compute(order)).expect("a thread starts")
        };
        let cooks: Vec<_> = orders.iter().enumerate().map(start).collect();
        cooks.into_iter().map(|cook| cook.join().expect("no factorial panics")).collect()
    })
}

/// The same on rayon's threads, which share out the orders among themselves.
fn on_rayon(orders: &[Order], workers: usize) -> Vec<BigUint> {
    let threads =
        rayon::ThreadPoolBuilder::new().num_threads(workers).thread_name(|i| format!("rayon {i}"));
    threads.build().expect("threads start").install(|| orders.par_iter().map(compute).collect())
}

/// The exact lines, every answer checked against the sequential one; and the milliseconds that turning
/// numbers into decimal text took.
fn report(
    orders: &[Order],
    answers: &[Result<Vec<u8>, PoolError>],
    expected: &[BigUint],
    print: Print,
) -> (String, f64) {
    let (mut lines, mut text_ms) = (Vec::new(), 0.0);
    for ((order, answer), expected) in orders.iter().zip(answers).zip(expected) {
        let n = order.n;
        lines.push(match answer {
            Err(error) => format!("{n}! has no answer: {error}"),
            Ok(_) if print == Print::None => format!("{n}! has {} bits", expected.bits()),
            Ok(bytes) => {
                let (text, ms) = timed(|| info_span!("text", n).in_scope(|| text_of(order, bytes)));
                text_ms += ms;
                assert!(text == expected.to_string(), "a process computed another {n}!");
                describe(n, &text, print)
            }
        });
    }
    let sent: usize = orders.iter().map(|order| order.encode().len()).sum();
    let received: usize = answers.iter().flatten().map(Vec::len).sum();
    lines.push(format!("through the pipes: {sent} bytes of orders, {received} bytes of answers"));
    (lines.join("\n") + "\n", text_ms)
}

/// An answer as decimal text: converted here, one after the other, unless the worker has done it.
fn text_of(order: &Order, answer: &[u8]) -> String {
    match order.transport {
        Transport::Binary => BigUint::from_bytes_le(answer).to_string(),
        Transport::Decimal => String::from_utf8(answer.to_vec()).expect("digits are text"),
    }
}

fn describe(n: u64, text: &str, print: Print) -> String {
    let digits = text.trim_end_matches('0');
    let zeros = text.len() - digits.len();
    assert_eq!(zeros as u64, trailing_zeros(n), "Legendre's formula counts zeros without digits");
    if print == Print::Full || digits.len() <= 40 {
        return format!("{n}! = {text}");
    }
    let (first, last) = (&digits[..20], &digits[digits.len() - 20..]);
    format!("{n}! has {} digits: {first}…{last} and {zeros} zeros", text.len())
}

/// Where "Overflow" is real: not for large numbers of any length, but for those of 64 and 128 bits.
fn the_edge_of_machine_integers() -> String {
    let line = |n, factorial: Result<u128, Overflow>| match factorial {
        Ok(number) => format!("{n}! = {number}\n"),
        Err(overflow) => format!("{overflow}\n"),
    };
    let narrow = [20, 21].map(|n| line(n, factorial_u64(n).map(u128::from)));
    let wide = [34, 35].map(|n| line(n, factorial_u128(n)));
    narrow.concat() + &wide.concat()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    (work(), start.elapsed().as_secs_f64() * 1e3)
}

/// A reader that has seen enough (`| head -1`) is no error.
fn finish_quietly(written: io::Result<()>) -> io::Result<()> {
    written.or_else(
        |error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) },
    )
}

/// Computes factorials in four ways and compares them.
#[derive(Parser)]
struct Knobs {
    /// Numbers to take the factorial of, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "100000,100001,100002",
          value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    n: Vec<u64>,
    /// Worker processes, and threads for rayon.
    #[arg(long, default_value_t = 3, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=64))]
    workers: usize,
    /// How to multiply.
    #[arg(long, value_enum, default_value_t = Algo::Tree)]
    algo: Algo,
    /// What to print of each number.
    #[arg(long, value_enum, default_value_t = Print::Digits)]
    print: Print,
    /// What the answers look like in the pipe.
    #[arg(long, value_enum, default_value_t = Transport::Binary)]
    transport: Transport,
    /// Lose a worker: once, before its first order; or always, on the order in the middle.
    #[arg(long, value_enum, default_value_t = Kill::None)]
    kill_worker: Kill,
}

impl Knobs {
    fn orders(&self) -> Vec<Order> {
        let deadly = |i| self.kill_worker == Kill::Always && i == self.n.len() / 2;
        let order =
            |(i, &n)| Order { n, algo: self.algo, transport: self.transport, deadly: deadly(i) };
        self.n.iter().enumerate().map(order).collect()
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Algo {
    Naive,
    Tree,
    Swing,
}

#[derive(Clone, Copy, ValueEnum)]
enum Transport {
    Binary,
    Decimal,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Print {
    None,
    Digits,
    Full,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Kill {
    None,
    Once,
    Always,
}
