//! A price desk that ticks every 10 ms and also has to compute: where does the computing go?

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use hybrid::compute::compute_in_rayon;
use hybrid::heart::largest_gap_during;
use hybrid::worker_queue::WorkerQueue;
use processes::factorial::naive;
use processes::job::Job;
use processes::pool::serve_if_worker;
use tokio::task::{JoinSet, spawn_blocking};
use tracing::{Instrument, info_span};

/// How often the desk sends out prices.
const TICK: Duration = Duration::from_millis(10);

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
        let (answers, total, gap) = runtime.block_on(open_the_desk(way, knobs.requests, work))?;
        assert!(answers.iter().all(|&bits| bits == BITS), "every way computes the same number");
        let name = name(way);
        lines += &format!("{name}: {} answers of {BITS} bits each\n", answers.len());
        let mut record = recorder.take();
        record.measure(&format!("{name}_gap_ms"), gap.as_secs_f64() * 1e3);
        record.measure(&format!("{name}_total_ms"), total.as_secs_f64() * 1e3);
        record.show_titled(&name);
    }
    print!("{lines}");
    Ok(())
}

/// Answers all requests at once. Returns the answers, the time they took, and the largest gap between two ticks.
async fn open_the_desk(
    way: Way,
    requests: u32,
    work: u64,
) -> io::Result<(Vec<u64>, Duration, Duration)> {
    let worker = (way == Way::Process).then(|| WorkerQueue::start(&COMPUTE, 8)).transpose()?;
    let worker = worker.map(Arc::new);
    let answer_all = async {
        let start = Instant::now();
        let mut open = JoinSet::new();
        for id in 0..requests {
            open.spawn(answer(way, work, worker.clone()).instrument(info_span!("request", id)));
        }
        (open.join_all().await, start.elapsed())
    };
    let ((answers, total), gap) = largest_gap_during(TICK, answer_all).await;
    if let Some(worker) = worker.and_then(Arc::into_inner) {
        worker.close().await?;
    }
    Ok((answers, total, gap))
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
