//! Three jobs for a pool: greet in order, survive a panic, and multiply matrices on all cores.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use threads::matrix::{Loops, Matrix};
use threads::simple_pool::SimplePool;
use threads::stdout::say;
use threads::{Pool, panics};
use tracing::{info, info_span};

fn main() -> Result<(), Box<dyn Error>> {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    let named = |number| format!("rayon {number}");
    let rayon = ThreadPoolBuilder::new().num_threads(knobs.workers).thread_name(named).build()?;
    panics::announce_in_one_line();

    greet_all(&knobs, &rayon)?;
    recorder.take().show_titled("greet, in a pool");
    burn_every_worker(&knobs, &rayon)?;
    let _ = recorder.take(); // nothing to see: these jobs panic at once
    multiply(&knobs, &rayon);
    recorder.finish().show_titled("one product, three ways");
    Ok(())
}

const NAMES: [&str; 3] = ["Alice", "Bob", "Charlie"];

/// The same map by our own pool and by rayon: whoever is ready first, the order is that of the names.
fn greet_all(knobs: &Knobs, rayon: &ThreadPool) -> Result<(), Box<dyn Error>> {
    let (delay, panics) = (Duration::from_millis(knobs.delay_ms), knobs.panic_job.clone());
    let ready = Arc::new(Mutex::new(Vec::new()));
    let greeting = {
        let ready = Arc::clone(&ready);
        // The first name takes longest: 3, 2, and 1 times the delay.
        move |(name, times): (&'static str, u32)| {
            let _greet = info_span!("greet", name).entered();
            info_span!("wait", on = name).in_scope(|| thread::sleep(delay * times));
            assert!(panics.as_deref() != Some(name), "{name} is not greeted today");
            ready.lock().expect("no panic happens under this lock").push(name);
            format!("Hello, {name}!")
        }
    };
    let guests = NAMES.into_iter().zip([3, 2, 1]);

    let pool = Pool::new(knobs.workers)?;
    let greetings = pool.map(guests.clone(), greeting.clone());
    say("our pool");
    for outcome in &greetings {
        match outcome {
            Ok(greeting) => say(format!("  {greeting}")),
            Err(panic) => say(format!("  {panic}")),
        }
    }
    info!(target: "measured", ready_first = ready.lock().expect("as above").join(" "));

    // rayon passes a panic on to whoever called, and the other results are lost with it.
    let guests: Vec<_> = guests.collect();
    let all = || guests.into_par_iter().map(greeting).collect::<Vec<_>>();
    let by_rayon = catch_unwind(AssertUnwindSafe(|| rayon.install(all)));
    say("rayon");
    match &by_rayon {
        Ok(greetings) => greetings.iter().for_each(|greeting| say(format!("  {greeting}"))),
        Err(_) => say("  one panicked, so there is no list"),
    }
    let ours: Result<Vec<_>, _> = greetings.into_iter().collect();
    assert_eq!(ours.ok(), by_rayon.ok(), "the same list, or none");
    Ok(())
}

/// As many panics as there are workers. Does anybody take the next job?
fn burn_every_worker(knobs: &Knobs, rayon: &ThreadPool) -> Result<(), Box<dyn Error>> {
    let workers = knobs.workers;
    say("a panic for each worker, then one more job");

    let mut pool = SimplePool::new(workers);
    for job in 0..workers {
        pool.execute(move || burn(job));
    }
    // Each worker died of one job: joining tells us, and makes sure that all are gone before we ask again.
    let dead = pool.count_dead();
    let taken = pool.execute(|| ());
    say(format!("  simple pool: {} alive, next job {}", workers - dead, answer(taken)));

    let pool = Pool::new(workers)?;
    let burnt = pool.map(0..workers, burn).into_iter().filter(Result::is_err).count();
    let next = pool.submit(|| 42).wait();
    say(format!("  our pool: {burnt} panics reported, next job {}", answer(next.is_ok())));

    let burnt = (0..workers)
        .filter(|&job| catch_unwind(AssertUnwindSafe(|| rayon.install(|| burn(job)))).is_err());
    let (burnt, next) = (burnt.count(), rayon.install(|| 42));
    say(format!("  rayon: {burnt} panics passed on, next job {}", answer(next == 42)));
    assert_eq!((dead, taken, burnt, next), (workers, false, workers, 42));
    Ok(())
}

fn burn(job: usize) {
    panic!("job {job} burns")
}

fn answer(done: bool) -> &'static str {
    if done { "done" } else { "refused" }
}

/// One product: column by column, row by row, and row by row on all cores.
fn multiply(knobs: &Knobs, rayon: &ThreadPool) {
    let (left, right) = (Matrix::whole_numbers(knobs.n, 1), Matrix::whole_numbers(knobs.n, 2));
    let (ijk, ijk_ms) = timed("ijk", || left.times(&right, Loops::Ijk));
    let (ikj, ikj_ms) = timed("ikj", || left.times(&right, Loops::Ikj));
    let sequential_ms = if knobs.loops == Loops::Ijk { ijk_ms } else { ikj_ms };
    let (all, rayon_ms) = timed("all cores", || {
        rayon.install(|| left.times_on_all_cores(&right, knobs.loops, knobs.chunk))
    });
    assert!(ijk == ikj && ikj == all, "three ways, one product");
    say(format!("{0} x {0} matrices: three ways, one product, sum {1}", knobs.n, all.sum()));
    info!(
        target: "measured",
        ijk_ms, ikj_ms, rayon_ms,
        loop_order_speedup = ijk_ms / ikj_ms,
        cores_speedup = sequential_ms / rayon_ms,
        loop_order_over_cores = (ijk_ms / ikj_ms) / (sequential_ms / rayon_ms),
        cores = thread::available_parallelism().map_or(1, usize::from),
    );
}

fn timed<R>(way: &str, work: impl FnOnce() -> R) -> (R, f64) {
    let (_multiply, start) = (info_span!("multiply", way).entered(), Instant::now());
    (work(), start.elapsed().as_secs_f64() * 1e3)
}

/// Greets three people through a pool, lets every worker meet a panic, and multiplies two matrices.
#[derive(Parser)]
struct Knobs {
    /// Threads in each pool
    #[arg(long, default_value_t = 4, value_parser = RangedU64ValueParser::<usize>::new().range(1..=64))]
    workers: usize,
    /// Milliseconds to greet Charlie; Bob takes two times and Alice three times as long
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u64).range(..=3_000))]
    delay_ms: u64,
    /// Panic when this name is greeted
    #[arg(long, value_parser = NAMES)]
    panic_job: Option<String>,
    /// Rows and columns of the matrices
    #[arg(long, default_value_t = 384, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1024))]
    n: usize,
    /// Order of the loops on all cores: ijk, down the columns of the right matrix, or ikj, row by row
    #[arg(long = "loop", default_value = "ikj")]
    loops: Loops,
    /// Rows that make one job on all cores
    #[arg(long, default_value_t = 16, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1024))]
    chunk: usize,
}
