//! A heart that should beat every 50 ms, while something else runs on its thread or elsewhere.

use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, Write};
use std::process::Stdio;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};
use std::{env, process};

use clap::{Parser, ValueEnum};
use tokio::process::Command;
use tokio::runtime::Builder;
use tokio::task::{JoinHandle, block_in_place, spawn_blocking};
use tracing::{Instrument, info, info_span};

const BEAT: Duration = Duration::from_millis(50);

fn main() -> Result<(), Box<dyn Error>> {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    // What does not block can only be awaited.
    let ways = if knobs.work.blocks() { &knobs.via[..] } else { &[Via::Inline] };
    for &via in ways {
        let seen = watch_the_heart(&knobs, via)?;
        let whose = if seen.on_hearts_thread { "the heart's" } else { "another" };
        say(&format!("{} {}: on {whose} thread", name(&knobs.work), name(&via)));
        let gap_ms = seen.largest_gap.as_secs_f64() * 1e3;
        match via {
            Via::Inline => info!(target: "measured", inline_gap_ms = gap_ms),
            Via::SpawnBlocking => info!(target: "measured", spawn_blocking_gap_ms = gap_ms),
            Via::BlockInPlace => info!(target: "measured", block_in_place_gap_ms = gap_ms),
        }
        recorder.take().show_titled(&format!("{} {}", name(&knobs.work), name(&via)));
        // Where it ran is exact; how long the heart stood still is measured above.
        assert_eq!(seen.on_hearts_thread, via != Via::SpawnBlocking);
    }
    if knobs.jobs > 0 {
        let most = crowd(knobs.jobs, knobs.pool)?;
        say(&format!("{} blocking jobs: {most} at once, the rest had to queue", knobs.jobs));
        assert_eq!(most, knobs.jobs.min(knobs.pool));
    }
    Ok(())
}

/// Runs some work beside a heart and shows how long the heart stood still.
#[derive(Parser)]
struct Knobs {
    /// What to run beside the heart
    #[arg(long, value_enum, default_value_t = Work::StdSleep)]
    work: Work,
    /// How to run it, if it blocks; may be repeated
    #[arg(long, value_enum, default_values_t = [Via::Inline, Via::SpawnBlocking])]
    via: Vec<Via>,
    /// Milliseconds the work takes
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    work_ms: u64,
    /// Blocking jobs to hand over at once afterwards
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u16).range(..=5000))]
    jobs: u16,
    /// Threads that may block at a time; tokio's own default is 512
    #[arg(long, default_value_t = 512, value_parser = clap::value_parser!(u16).range(1..=2000))]
    pool: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Work {
    /// tokio::time::sleep, awaited
    Sleep,
    /// std::thread::sleep
    StdSleep,
    /// arithmetic
    Cpu,
    /// writing a file and waiting for the disk
    File,
    /// tokio::time::sleep, and the await forgotten
    ForgottenAwait,
    /// another process, awaited
    Command,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Via {
    /// just call it
    Inline,
    /// on a thread kept for work that blocks
    SpawnBlocking,
    /// here, after the other tasks were moved to another thread
    BlockInPlace,
}

fn name(choice: &impl ValueEnum) -> String {
    let value = choice.to_possible_value().expect("no choice is hidden");
    value.get_name().to_owned()
}

struct Seen {
    largest_gap: Duration,
    on_hearts_thread: bool,
}

fn watch_the_heart(knobs: &Knobs, via: Via) -> Result<Seen, Box<dyn Error>> {
    // One worker: one cook for every task.
    let runtime =
        Builder::new_multi_thread().worker_threads(1).thread_name("cook").enable_all().build()?;
    let length = Duration::from_millis(knobs.work_ms);
    let work = runtime.spawn(run(knobs.work, via, length).instrument(info_span!("work")));
    let heart = runtime.spawn(beat_during(work).instrument(info_span!("heart")));
    Ok(runtime.block_on(heart)??)
}

async fn beat_during(work: JoinHandle<io::Result<ThreadId>>) -> io::Result<Seen> {
    let hearts_thread = thread::current().id();
    let mut last_beat = Instant::now();
    let mut largest_gap = Duration::ZERO;
    while !work.is_finished() {
        tokio::time::sleep(BEAT).await;
        largest_gap = largest_gap.max(last_beat.elapsed());
        last_beat = Instant::now();
    }
    let on_hearts_thread = work.await?? == hearts_thread;
    Ok(Seen { largest_gap, on_hearts_thread })
}

/// Runs the work and returns the thread it ran on.
async fn run(work: Work, via: Via, length: Duration) -> io::Result<ThreadId> {
    tokio::time::sleep(2 * BEAT).await; // the heart beats undisturbed first
    match (work, via) {
        (Work::Sleep, _) => tokio::time::sleep(length).await,
        (Work::ForgottenAwait, _) => {
            let _recipe = tokio::time::sleep(length);
        }
        (Work::Command, _) => sleep_in_a_process(length).await?,
        (_, Via::Inline) => return block(work, length),
        (_, Via::SpawnBlocking) => return spawn_blocking(move || block(work, length)).await?,
        (_, Via::BlockInPlace) => return block_in_place(|| block(work, length)),
    }
    Ok(thread::current().id())
}

impl Work {
    fn blocks(self) -> bool {
        matches!(self, Work::StdSleep | Work::Cpu | Work::File)
    }
}

/// Keeps a thread for `length`.
fn block(work: Work, length: Duration) -> io::Result<ThreadId> {
    let _span = info_span!("block").entered();
    let start = Instant::now();
    match work {
        Work::Cpu => {
            let mut sum = 0_u64;
            while start.elapsed() < length {
                sum = (0..10_000).fold(sum, |sum, n| black_box(sum ^ n));
            }
        }
        Work::File => write_for(length)?,
        _ => {
            let _wait = info_span!("wait", on = "a sleep").entered();
            thread::sleep(length);
        }
    }
    Ok(thread::current().id())
}

/// Writes for `length`, and waits for the disk each time.
fn write_for(length: Duration) -> io::Result<()> {
    let _wait = info_span!("wait", on = "the disk").entered();
    let path = env::temp_dir().join(format!("do_not_block-{}", process::id()));
    let start = Instant::now();
    while start.elapsed() < length {
        let mut file = File::create(&path)?;
        file.write_all(&[7; 65_536])?;
        file.sync_all()?; // or the bytes stay in memory, and nobody waits
    }
    fs::remove_file(&path)
}

/// Runs this very program as a child that sleeps, and waits for its end as for any other event.
async fn sleep_in_a_process(length: Duration) -> io::Result<()> {
    let status = Command::new(env::current_exe()?)
        .args(["--via=inline", "--jobs=0", &format!("--work-ms={}", length.as_millis())])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true) // should this future be dropped, the child must not go on alone
        .status()
        .await?;
    assert!(status.success(), "the child ended with {status}");
    Ok(())
}

/// Hands over `jobs` jobs that block until as many are inside as the `pool` lets in; returns the most at once.
fn crowd(jobs: u16, pool: u16) -> Result<u16, Box<dyn Error>> {
    let runtime = Builder::new_current_thread().max_blocking_threads(pool.into()).build()?;
    let room = Arc::new((Mutex::new(Room::default()), Condvar::new()));
    let stay = |room: Arc<(Mutex<Room>, Condvar)>| {
        let (state, changed) = &*room;
        let mut inside = state.lock().unwrap();
        inside.people += 1;
        inside.most = inside.most.max(inside.people);
        changed.notify_all();
        changed.wait_while(inside, |room| !room.open).unwrap().people -= 1;
    };
    let jobs_handed_over: Vec<_> = (0..jobs)
        .map(|_| Arc::clone(&room))
        .map(|room| runtime.spawn_blocking(move || stay(room)))
        .collect();
    let (state, changed) = &*room;
    let full = jobs.min(pool);
    let inside = state.lock().unwrap();
    changed.wait_while(inside, |room| room.people < full).unwrap().open = true;
    changed.notify_all();
    for job in jobs_handed_over {
        runtime.block_on(job)?;
    }
    Ok(room.0.lock().unwrap().most)
}

#[derive(Default)]
struct Room {
    people: u16,
    most: u16,
    open: bool,
}

/// Prints a line. A reader who has seen enough (`| head -1`) is no error.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
