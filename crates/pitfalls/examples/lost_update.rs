//! Cooks sell at once, and the till forgets sales: made to happen every time, mended twice, and the mending proved.

use std::sync::{Barrier, mpsc};
use std::thread::sleep;
use std::time::Duration;

use clap::{Parser, ValueEnum};
// Those of the standard library, unless an exploration is going on: then it decides whose turn it is.
use interleave::sync::Mutex;
use interleave::sync::atomic::{AtomicU32, Ordering::SeqCst};
use interleave::{Explorer, Report};
use pitfalls::crew::all_at_once;
use pitfalls::orders::{ReadThenWrite, try_all};
use tracing::{info, info_span};

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    for guard in knobs.guards() {
        let till = sell_at_the_worst_moment(knobs, guard);
        println!("{guard:?}: {} plates sold, the till says {till}.", knobs.plates());
        recorder.take().show_titled(&format!("{guard:?}"));
        assert_eq!(till, if guard == Guard::None { knobs.sales } else { knobs.plates() });
    }
    let tally = try_all(&ReadThenWrite::new(knobs.cooks as usize, knobs.sales as usize));
    println!("Without a guard: {} orders of all steps; {} lose a sale.", tally.orders, tally.bad);
    for guard in knobs.guards() {
        let (report, losing) = explore(knobs, guard);
        println!("{guard:?}: {report}; {losing} lose a sale.");
        assert_eq!(losing > 0, guard == Guard::None);
        let safe = report.runs - losing;
        assert!(!report.complete || safe == tally.orders - tally.bad, "no safe order is lost");
    }
    if knobs.guards().contains(&Guard::None) {
        println!("\n{}", losing_run(knobs));
    }
    let losses = (0..knobs.runs).filter(|_| loses(knobs, Guard::None)).count();
    drop(recorder.take()); // what was explored, or left to luck, is counted and not drawn
    let percent = losses as f64 * 100.0 / f64::from(knobs.runs);
    info!(target: "measured", runs_left_to_luck = knobs.runs, lucky_losses_percent = percent);
    recorder.finish().show();
}

/// A till that loses sales, and two that do not.
#[derive(Clone, Copy, Parser)]
struct Knobs {
    /// Cooks who sell at the same time.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(2..=4))]
    cooks: u32,
    /// Plates that each cook sells, one after the other.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=3))]
    sales: u32,
    /// What guards the till; all three in turn if left out.
    #[arg(long)]
    guard: Option<Guard>,
    /// Runs without a gate, where losing a sale is left to luck.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    runs: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Guard {
    None,
    Mutex,
    Atomic,
}

impl Knobs {
    fn guards(self) -> Vec<Guard> {
        self.guard.map_or_else(|| Guard::value_variants().to_vec(), |guard| vec![guard])
    }

    fn plates(self) -> u32 {
        self.cooks * self.sales
    }
}

/// A gate makes the cooks meet where it hurts most, before every sale or in the middle of it.
fn sell_at_the_worst_moment(knobs: Knobs, guard: Guard) -> u32 {
    let gate = Barrier::new(knobs.cooks as usize);
    let meet = || _ = info_span!("wait", on = "the others").in_scope(|| gate.wait());
    let add = || info_span!("add one").in_scope(|| sleep(Duration::from_millis(100)));
    sell(knobs, guard, meet, add)
}

/// All cooks sell their plates; returns what the till says in the end.
fn sell(knobs: Knobs, guard: Guard, meet: impl Fn() + Sync, add: impl Fn() + Sync) -> u32 {
    let (plain, locked) = (AtomicU32::new(0), Mutex::new(0));
    let sell_one = || match guard {
        Guard::None => read_then_write(&plain, || (meet(), add())),
        Guard::Mutex => (meet(), add_under_lock(&locked, &add)).1,
        Guard::Atomic => (meet(), add_in_one_step(&plain)).1,
    };
    all_at_once(knobs.cooks as usize, |_| (0..knobs.sales).for_each(|_| sell_one()));
    plain.into_inner() + locked.into_inner().unwrap()
}

/// Wrong: in the gap, everybody may read the same number.
/// `SeqCst` is the strictest ordering there is, and does not help: it is the gap that loses the sale.
fn read_then_write<T>(till: &AtomicU32, gap: impl FnOnce() -> T) {
    let seen = till.load(SeqCst);
    gap();
    till.store(seen + 1, SeqCst);
}

/// Right: who holds the lock reads and writes undisturbed, however long the gap is.
fn add_under_lock<T>(till: &Mutex<u32>, gap: impl FnOnce() -> T) {
    let wait = info_span!("wait", on = "the lock").entered();
    let mut total = till.lock().unwrap();
    drop(wait);
    gap();
    *total += 1;
}

/// Right: reading and writing are one step, so there is no gap.
/// `Relaxed` would do, since nothing else is shared; `SeqCst` keeps the comparison fair.
fn add_in_one_step(till: &AtomicU32) {
    till.fetch_add(1, SeqCst);
}

/// The same selling, and nothing that makes the cooks meet.
fn loses(knobs: Knobs, guard: Guard) -> bool {
    sell(knobs, guard, || (), || ()) < knobs.plates()
}

/// Makes every run that somebody could tell from the others, and counts those that lose a sale.
fn explore(knobs: Knobs, guard: Guard) -> (Report, u64) {
    let (tell, told) = mpsc::channel();
    let body = move || tell.send(loses(knobs, guard)).unwrap();
    let report = Explorer::new().max_runs(1_000).explore(body);
    (report, told.try_iter().filter(|loses| *loses).count() as u64)
}

/// The run that loses a sale with the fewest interruptions.
fn losing_run(knobs: Knobs) -> Report {
    Explorer::new().explore(move || {
        assert!(!loses(knobs, Guard::None), "a sale is lost");
    })
}
