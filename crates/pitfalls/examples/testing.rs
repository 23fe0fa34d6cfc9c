//! One bug, five nets: how a test can wait for what happens only sometimes, and how it need not.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use futures::FutureExt;
// Outside of an exploration these are the standard library's.
use interleave::sync::atomic::{AtomicU32, Ordering::Relaxed};
use interleave::{Explorer, thread};
use pitfalls::dawdle::dawdle;
use tokio::time::sleep;
use tracing::{info, info_span};

fn main() {
    let knobs = Knobs::parse();
    if let Some(schedule) = &knobs.replay {
        let fault = Explorer::new().replay(schedule, || no_plate_is_lost(Way::ReadThenWrite));
        return println!("{}", fault.map_or("No plate is lost.".into(), |fault| fault.to_string()));
    }
    let recorder = timeline::start();
    for way in [Way::ReadThenWrite, Way::OneStep] {
        println!("{way:?}");
        for net in knobs.net.map_or(Net::value_variants().to_vec(), |net| vec![net]) {
            let _net = info_span!("net", ?net).entered();
            println!("  {:<8}{}", format!("{net:?}"), net.cast(way, &knobs));
        }
    }
    recorder.finish().show();
}

/// A till with a bug, and five ways to test it.
#[derive(Parser)]
struct Knobs {
    /// The net to cast; all five in turn if left out
    #[arg(long)]
    net: Option<Net>,
    /// How often to cast the nets that need luck
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    runs: u32,
    /// Decides how long each cook of the net `stress` dawdles
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Make a run again, by the schedule that the net `all` has printed, and show it
    #[arg(long, value_name = "SCHEDULE", value_parser = parse_schedule)]
    replay: Option<String>,
}

fn parse_schedule(text: &str) -> Result<String, &'static str> {
    let is_schedule = text.split('-').all(|choice| choice.parse::<usize>().is_ok());
    is_schedule.then(|| text.to_owned()).ok_or("it is a line of numbers, such as 1-2-2")
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    ReadThenWrite,
    OneStep,
}

/// Rings up a plate. What happens in the gap is up to the test.
/// Relaxed: it is one number, and nothing is handed over with it.
async fn sell(way: Way, till: &AtomicU32, gap: impl Future) {
    if way == Way::OneStep {
        gap.await;
        till.fetch_add(1, Relaxed);
    } else {
        let total = till.load(Relaxed);
        gap.await;
        till.store(total + 1, Relaxed);
    }
}

/// Two cooks sell a plate each. Returns the till.
fn two_cooks(way: Way, in_the_gap: impl Fn() + Sync) -> u32 {
    let till = AtomicU32::new(0);
    // Who waits standing is never pending: one poll is the whole sale.
    let sell_one = || sell(way, &till, async { in_the_gap() }).now_or_never().unwrap();
    thread::scope(|kitchen| {
        for cook in ["cook 1", "cook 2"] {
            let named = thread::Builder::new().name(cook.to_owned());
            named.spawn_scoped(kitchen, sell_one).unwrap();
        }
    });
    till.load(Relaxed)
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Net {
    /// Run it again and again
    Repeat,
    /// Run it again and again, and let the cooks dawdle in the gap
    Stress,
    /// Let an hour pass in the gap, on a clock that the test moves
    Time,
    /// Let nobody out of the gap before both are in it
    Gates,
    /// Make every run there is
    All,
}

impl Net {
    /// Tests this till. A net that needs no luck must catch the wrong one; no net may catch the other.
    fn cast(self, way: Way, knobs: &Knobs) -> String {
        let (runs, wrong) = (knobs.runs, way == Way::ReadThenWrite);
        let verdict = |caught| assert_eq!(caught, wrong, "{self:?}: caught, and wrong?");
        let lost_percent = |till: &dyn Fn(u32) -> u32| {
            let lost = (0..runs).filter(|run| till(*run) < 2).count();
            assert!(wrong || lost == 0, "{self:?} has caught a till that is right");
            wrong.then_some(lost as f64 * 100.0 / f64::from(runs))
        };
        match self {
            Net::Repeat => {
                let lost = lost_percent(&|_| two_cooks(way, || ()));
                info!(target: "measured", repeat_lost_percent = lost);
                format!("{runs} runs, left to luck")
            }
            Net::Stress => {
                let lost = lost_percent(&|run| two_cooks(way, dawdle(knobs.seed, run)));
                info!(target: "measured", stress_lost_percent = lost);
                format!("{runs} runs, left to luck and to seed {}", knobs.seed)
            }
            Net::Time => {
                let (begin, till) = (Instant::now(), an_hour_in_the_gap(way));
                info!(target: "measured", an_hour_took_ms = begin.elapsed().as_secs_f64() * 1e3);
                verdict(till < 2);
                format!("1 run of an hour: 2 sold, the till says {till}")
            }
            Net::Gates => {
                let gate = Barrier::new(2);
                let wait = || _ = info_span!("wait", on = "the other").in_scope(|| gate.wait());
                let till = two_cooks(way, wait);
                verdict(till < 2);
                format!("1 run with a gate: 2 sold, the till says {till}")
            }
            Net::All => {
                let report = Explorer::new().explore(move || no_plate_is_lost(way));
                verdict(report.fault.is_some());
                report.fault.as_ref().map_or(report.to_string(), |fault| {
                    let (name, run) = (fault.name(), fault.found_after);
                    format!("{name} in run {run}; again with --replay {}", fault.schedule)
                })
            }
        }
    }
}

/// The same two sales as tasks on a clock that stands still, and jumps when all sleep: nobody waits an hour.
fn an_hour_in_the_gap(way: Way) -> u32 {
    let till = AtomicU32::new(0);
    let mut standing = tokio::runtime::Builder::new_current_thread();
    let runtime = standing.enable_time().start_paused(true).build().expect("one thread is enough");
    let hour = || sleep(Duration::from_secs(3600));
    runtime.block_on(async { futures::join!(sell(way, &till, hour()), sell(way, &till, hour())) });
    till.load(Relaxed)
}

/// What the net `all` explores.
fn no_plate_is_lost(way: Way) {
    assert_eq!(two_cooks(way, || ()), 2);
}
