//! Three jobs for a pool: greet in order, survive a panic, and multiply matrices on all cores.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use threads::matrix::{Loops, Matrix};
use threads::simple_pool::SimplePool;
use threads::stdout::{say, say_list};
use threads::timed::timed;
use threads::{Panic, Pool, panics};
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
    let greeted = Arc::clone(&ready);
    // The first name takes longest: 3, 2, and 1 times the delay.
    let greeting = move |(name, times): (&'static str, u32)| {
        let _greet = info_span!("greet", name).entered();
        info_span!("wait", on = name).in_scope(|| thread::sleep(delay * times));
        assert!(panics.as_deref() != Some(name), "{name} is not greeted today");
        greeted.lock().expect("no panic happens under this lock").push(name);
        format!("Hello, {name}!")
    };
    let guests = NAMES.into_iter().zip([3, 2, 1]);

    let pool = Pool::new(knobs.workers)?;
    let greetings = pool.map(guests.clone(), greeting.clone());
    let told = |outcome: &Result<String, Panic>| match outcome {
        Ok(greeting) => greeting.clone(),
        Err(panic) => panic.to_string(),
    };
    say_list("our pool", greetings.iter().map(told));
    info!(target: "measured", ready_first = ready.lock().expect("as above").join(" "));

    // rayon passes a panic on to whoever called, and the other results are lost with it.
    let guests: Vec<_> = guests.collect();
    let all = || guests.into_par_iter().map(greeting).collect::<Vec<_>>();
    let by_rayon = catch_unwind(AssertUnwindSafe(|| rayon.install(all)));
    let lost = || vec!["one panicked, so there is no list".to_owned()];
    say_list("rayon", by_rayon.as_ref().map_or_else(|_| lost(), Vec::clone));
    let ours: Result<Vec<_>, _> = greetings.into_iter().collect();
    assert_eq!(ours.ok(), by_rayon.ok(), "the same list, or none");
    Ok(())
}

/// As many panics as there are workers. Does anybody take the next job?
fn burn_every_worker(knobs: &Knobs, rayon: &ThreadPool) -> Result<(), Box<dyn Error>> {
    let workers = knobs.workers;
    say("a panic for each worker, then one more job");
    let mut simple = SimplePool::new(workers);
    for job in 0..workers {
        simple.execute(move || burn(job));
    }
    // Each worker died of one job: joining tells us, and makes sure that all are gone before we ask again.
    let dead = simple.count_dead();
    let taken = simple.execute(|| ());

    let ours = Pool::new(workers)?;
    let reported = ours.map(0..workers, burn).into_iter().filter(Result::is_err).count();
    let next = ours.submit(|| 42).wait().is_ok();

    let burn_there = |job| catch_unwind(AssertUnwindSafe(|| rayon.install(|| burn(job))));
    let passed_on = (0..workers).map(burn_there).filter(Result::is_err).count();
    let last = rayon.install(|| 42) == 42;

    let answer = |done| if done { "done" } else { "refused" };
    say(format!("  simple pool: {} alive, next job {}", workers - dead, answer(taken)));
    say(format!("  our pool: {reported} panics reported, next job {}", answer(next)));
    say(format!("  rayon: {passed_on} panics passed on, next job {}", answer(last)));
    assert_eq!((dead, reported, passed_on), (workers, workers, workers));
    assert_eq!([taken, next, last], [false, true, true]);
    Ok(())
}

fn burn(job: usize) {
    panic!("job {job} burns")
}

/// One product: column by column, row by row, and row by row on all cores.
fn multiply(knobs: &Knobs, rayon: &ThreadPool) {
    let (left, right) = (Matrix::whole_numbers(knobs.n, 1), Matrix::whole_numbers(knobs.n, 2));
    let span = |way: &str| info_span!("multiply", way);
    let (ijk, ijk_ms) = timed(|| span("ijk").in_scope(|| left.times(&right, Loops::Ijk)));
    let (ikj, ikj_ms) = timed(|| span("ikj").in_scope(|| left.times(&right, Loops::Ikj)));
    let sequential_ms = if knobs.loops == Loops::Ijk { ijk_ms } else { ikj_ms };
    let on_all_cores = || left.times_on_all_cores(&right, knobs.loops, knobs.chunk);
    let (all, rayon_ms) = timed(|| span("all cores").in_scope(|| rayon.install(on_all_cores)));
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
