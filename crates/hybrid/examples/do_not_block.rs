//! A heart that should beat every 50 ms, while something else runs on its thread or elsewhere.

use std::env;
use std::error::Error;
use std::io::{self, Write};
use std::process::Stdio;
use std::thread::{self, ThreadId};
use std::time::Duration;

use clap::{Parser, ValueEnum};
use hybrid::blocking::{compute_for, sleep_for, write_for};
use hybrid::crowd::crowd;
use hybrid::heart::largest_gap_during;
use tokio::process::Command;
use tokio::runtime::Builder;
use tokio::task::{block_in_place, spawn_blocking};
use tracing::{Instrument, info_span};

const BEAT: Duration = Duration::from_millis(50);

fn main() -> Result<(), Box<dyn Error>> {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    // What does not block can only be awaited.
    let blocks = matches!(knobs.work, Work::StdSleep | Work::Cpu | Work::File);
    let ways = if blocks { &knobs.via[..] } else { &[Via::Inline] };
    for &via in ways {
        let (on_hearts_thread, gap) = watch_the_heart(&knobs, via)?;
        let (work, via_name) = (name(&knobs.work), name(&via));
        let whose = if on_hearts_thread { "the heart's" } else { "another" };
        // A reader who has seen enough (`| head -1`) is no error.
        let _ = writeln!(io::stdout(), "{work} {via_name}: on {whose} thread");
        let mut record = recorder.take();
        record.measure(&format!("{via_name}_gap_ms"), gap.as_secs_f64() * 1e3);
        record.show_titled(&format!("{work} {via_name}"));
        // Where it ran is exact; how long the heart stood still is measured above.
        assert_eq!(on_hearts_thread, via != Via::SpawnBlocking);
    }
    if knobs.jobs > 0 {
        let (jobs, pool) = (usize::from(knobs.jobs), usize::from(knobs.pool));
        let most = crowd(jobs, pool)?;
        let rest = if most < jobs { ", the rest had to queue" } else { "" };
        let _ = writeln!(io::stdout(), "{jobs} blocking jobs: {most} at once{rest}");
        assert_eq!(most, jobs.min(pool));
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
    choice.to_possible_value().expect("no choice is hidden").get_name().to_owned()
}

/// Whether the work ran on the heart's thread, and the largest gap between two beats.
fn watch_the_heart(knobs: &Knobs, via: Via) -> Result<(bool, Duration), Box<dyn Error>> {
    // One worker: one cook for every task.
    let runtime =
        Builder::new_multi_thread().worker_threads(1).thread_name("cook").enable_all().build()?;
    let hearts_thread = runtime.block_on(runtime.spawn(async { thread::current().id() }))?;
    let work = run(knobs.work, via, Duration::from_millis(knobs.work_ms));
    let work = largest_gap_during(BEAT, work.instrument(info_span!("work")));
    let (thread, gap) = runtime.block_on(runtime.spawn(work))?;
    Ok((thread? == hearts_thread, gap))
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

/// Keeps a thread for `length`, and says which.
fn block(work: Work, length: Duration) -> io::Result<ThreadId> {
    let _span = info_span!("block").entered();
    match work {
        Work::Cpu => compute_for(length),
        Work::File => write_for(length)?,
        _ => sleep_for(length),
    }
    Ok(thread::current().id())
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
