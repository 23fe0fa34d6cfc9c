//! Three big factorials: one after the other, on threads, on rayon, and on a pool of processes.

use std::io::{self, Write};
use std::thread;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use num_bigint::BigUint;
use processes::checked;
use processes::digits::{Print, describe};
use processes::factorial::{naive, tree};
use processes::job::{Job, Wire};
use processes::order::{Algo, Order, Transport};
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
    let (one_by_one, sequence_ms) = timed(|| orders.iter().map(Order::compute).collect::<Vec<_>>());
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
    report += &format!("{}workers lost and replaced: {lost}\n", checked::edges());
    tracing::info!(target: "measured", sequence_ms, threads_ms, rayon_ms, processes_ms, start_ms, text_ms);
    tracing::info!(target: "measured", processes_speedup = sequence_ms / processes_ms);
    tracing::info!(target: "measured", text_per_compute = text_ms / processes_ms);
    tracing::info!(target: "measured", naive_ms, tree_ms, naive_per_tree = naive_ms / tree_ms);
    recorder.finish().show();
    let _ = io::stdout().write_all(report.as_bytes()); // a reader may have left (`| head -1`)
    Ok(())
}

/// What a worker can be asked for. The name travels when the worker starts, the order with every call.
const FACTORIAL: Job<Order, Vec<u8>> = Job { name: "factorial", run: serve };

/// In the worker: compute, and put the answer into the bytes asked for.
fn serve(order: Order) -> Vec<u8> {
    if order.deadly {
        std::process::abort(); // no unwinding, no message: as rude as a crash in C
    }
    order.pack(&order.compute())
}

/// One thread per order: threads of one process, and no interpreter lock between them.
fn on_threads(orders: &[Order]) -> Vec<BigUint> {
    thread::scope(|scope| {
        let start = |(i, order)| {
            let named = thread::Builder::new().name(format!("thread {i}"));
            named.spawn_scoped(scope, move || Order::compute(order)).expect("a thread starts")
        };
        let cooks: Vec<_> = orders.iter().enumerate().map(start).collect();
        cooks.into_iter().map(|cook| cook.join().expect("no factorial panics")).collect()
    })
}

/// The same on rayon's threads, which share out the orders among themselves.
fn on_rayon(orders: &[Order], workers: usize) -> Vec<BigUint> {
    let cooks = rayon::ThreadPoolBuilder::new().num_threads(workers);
    let cooks = cooks.thread_name(|i| format!("rayon {i}")).build().expect("threads start");
    cooks.install(|| orders.par_iter().map(Order::compute).collect())
}

type Answer = Result<Vec<u8>, PoolError>;

/// A line for each answer, checked against the one computed at home; and the milliseconds spent on decimal text.
fn report(orders: &[Order], answers: &[Answer], known: &[BigUint], print: Print) -> (String, f64) {
    let (mut lines, mut text_ms) = (String::new(), 0.0);
    for ((order, answer), known) in orders.iter().zip(answers).zip(known) {
        let n = order.n;
        let line = match answer {
            Err(error) => format!("has no answer: {error}"),
            Ok(_) if print == Print::None => format!("has {} bits", known.bits()),
            Ok(answer) => {
                let (text, ms) = timed(|| info_span!("text", n).in_scope(|| order.text(answer)));
                text_ms += ms;
                assert!(text == known.to_string(), "a process computed another {n}!");
                describe(n, &text, print)
            }
        };
        lines += &format!("{n}! {line}\n");
    }
    let sent: usize = orders.iter().map(|order| order.encode().len()).sum();
    let received: usize = answers.iter().flatten().map(Vec::len).sum();
    lines += &format!("through the pipes: {sent} bytes of orders, {received} bytes of answers\n");
    (lines, text_ms)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    (work(), start.elapsed().as_secs_f64() * 1e3)
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

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Kill {
    None,
    Once,
    Always,
}
