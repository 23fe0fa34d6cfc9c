//! A price desk that ticks every 10 ms and also has to compute: where does the computing go?

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use hybrid::compute::compute_in_rayon;
use hybrid::worker_queue::WorkerQueue;
use processes::factorial::naive;
use processes::job::Job;
use processes::pool::serve_if_worker;
use tokio::sync::oneshot;
use tokio::task::{JoinSet, spawn_blocking, yield_now};
use tokio::time::interval;
use tracing::{Instrument, info, info_span};

fn main() -> io::Result<()> {
    serve_if_worker(&[&COMPUTE]); // first of all: the worker is this program, run again
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    rayon::ThreadPoolBuilder::new()
        .thread_name(|i| format!("rayon {i}"))
        .build_global()
        .map_err(io::Error::other)?;
    // One thread for all tasks, so that whoever blocks it is seen at once. With more threads the same
    // mistake stays hidden until as many requests compute as there are threads.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .thread_name("blocking")
        .build()?;
    let ways = knobs.offload.map_or_else(|| Way::value_variants().to_vec(), |way| vec![way]);
    let work = rounds_in(Duration::from_millis(knobs.work_ms));
    let mut lines = String::new();

    for way in ways {
        let (answers, gap, total) = runtime.block_on(open_the_desk(way, knobs.requests, work))?;
        assert!(answers.iter().all(|&bits| bits == BITS), "every way computes the same number");
        lines += &format!("{}: {} answers of {BITS} bits each\n", name(way), answers.len());
        remember(way, gap.as_secs_f64() * 1e3, total.as_secs_f64() * 1e3);
        recorder.take().show_titled(&name(way));
    }
    print!("{lines}");
    Ok(())
}

/// Ticks while all requests are answered at once. The answers, the largest gap between ticks, the time.
async fn open_the_desk(
    way: Way,
    requests: u32,
    work: u64,
) -> io::Result<(Vec<u64>, Duration, Duration)> {
    let worker =
        (way == Way::Process).then(|| WorkerQueue::start(&COMPUTE, 8)).transpose()?.map(Arc::new);
    let (stop, stopped) = oneshot::channel();
    let ticker = tokio::spawn(tick_until(stopped).instrument(info_span!("ticker")));
    yield_now().await; // the first tick comes before the first request

    let start = Instant::now();
    let mut open = JoinSet::new();
    for id in 0..requests {
        open.spawn(answer(way, work, worker.clone()).instrument(info_span!("request", id)));
    }
    let answers = open.join_all().await;
    let total = start.elapsed();

    stop.send(()).expect("the ticker ticks until it is told to stop");
    let gap = ticker.await?;
    if let Some(worker) = worker.and_then(Arc::into_inner) {
        worker.close().await?;
    }
    Ok((answers, gap, total))
}

/// The same computation, done by whom?
async fn answer(way: Way, work: u64, worker: Option<Arc<WorkerQueue<u64, u64>>>) -> u64 {
    match way {
        Way::Inline => compute(work), // here, on the loop's own thread: nothing else runs
        Way::SpawnBlocking => {
            spawn_blocking(move || compute(work)).await.expect("it does not panic")
        }
        Way::Rayon => compute_in_rayon(move || compute(work)).await.expect("it does not panic"),
        Way::Process => {
            let worker = worker.expect("the desk has opened one for this way");
            worker.call(work).await.expect("the worker lives")
        }
    }
}

/// What the worker process can be asked for.
const COMPUTE: Job<u64, u64> = Job { name: "compute", run: compute };

/// 2000! has this many bits.
const BITS: u64 = 19_053;

/// Computes 2000! as many times as asked.
fn compute(rounds: u64) -> u64 {
    let _span = info_span!("compute").entered();
    (0..rounds).map(|_| naive(2_000).bits()).max().unwrap_or_default()
}

/// How many rounds this machine gets done in that time, at least one: from then on, equal work for all.
fn rounds_in(time: Duration) -> u64 {
    let start = Instant::now();
    let mut rounds = 0;
    while rounds == 0 || start.elapsed() < time {
        naive(2_000);
        rounds += 1;
    }
    rounds
}

/// Ticks like a desk that sends out prices, and returns the largest gap between two ticks.
async fn tick_until(mut stopped: oneshot::Receiver<()>) -> Duration {
    let mut ticks = interval(Duration::from_millis(10));
    let (mut last, mut largest) = (Instant::now(), Duration::ZERO);
    loop {
        let over = tokio::select! {
            _ = ticks.tick() => false,
            _ = &mut stopped => true,
        };
        largest = largest.max(last.elapsed());
        last = Instant::now();
        if over {
            return largest;
        }
    }
}

/// The facts of one way, by its name.
fn remember(way: Way, gap_ms: f64, total_ms: f64) {
    match way {
        Way::Inline => {
            info!(target: "measured", inline_gap_ms = gap_ms, inline_total_ms = total_ms);
        }
        Way::SpawnBlocking => {
            info!(target: "measured", spawn_blocking_gap_ms = gap_ms, spawn_blocking_total_ms = total_ms);
        }
        Way::Rayon => info!(target: "measured", rayon_gap_ms = gap_ms, rayon_total_ms = total_ms),
        Way::Process => {
            info!(target: "measured", process_gap_ms = gap_ms, process_total_ms = total_ms);
        }
    }
}

/// The way as it is written on the command line.
fn name(way: Way) -> String {
    way.to_possible_value().expect("no way is hidden").get_name().to_owned()
}

/// Answers requests that need computing, while prices tick.
#[derive(Parser)]
struct Knobs {
    /// Who computes; all four ways in turn when left out.
    #[arg(long, value_enum)]
    offload: Option<Way>,
    /// How long each request computes, in milliseconds.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=2_000))]
    work_ms: u64,
    /// Requests that arrive at the same moment.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=50))]
    requests: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Way {
    Inline,
    SpawnBlocking,
    Rayon,
    Process,
}
