//! Two cooks sell at once, and the till forgets one sale: made to happen every time, then mended twice.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Barrier, BarrierWaitResult};
use std::thread;

use clap::{Parser, ValueEnum};
use pitfalls::orders::{ReadThenWrite, try_all};
use tracing::{info, info_span};

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    for guard in knobs.guards() {
        let till = sell_together(knobs.cooks, guard);
        let (sold, lost) = (knobs.cooks, knobs.cooks - till);
        println!("{guard:?}: {sold} plates sold, the till says {till}, lost {lost}.");
        recorder.take().show_titled(&format!("{guard:?}"));
        assert_eq!(till, if guard == Guard::None { 1 } else { sold });
    }
    let tally = try_all(&ReadThenWrite::new(knobs.cooks as usize));
    println!(
        "{} cooks can mix in {} orders; {} lose a sale.",
        knobs.cooks, tally.orders, tally.bad
    );

    let losses = (0..knobs.runs).filter(|_| sell_by_luck(knobs.cooks) < knobs.cooks).count();
    // The lucky runs are counted, not drawn.
    drop(recorder.take());
    let percent = losses as f64 * 100.0 / f64::from(knobs.runs);
    info!(target: "measured", runs_left_to_luck = knobs.runs, lucky_losses_percent = percent);
    recorder.finish().show();
}

/// A till that loses sales, and two that do not.
#[derive(Parser)]
struct Knobs {
    /// Cooks who sell one plate each, at the same time.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(2..=4))]
    cooks: u32,
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
    fn guards(&self) -> Vec<Guard> {
        self.guard.map_or_else(|| Guard::value_variants().to_vec(), |guard| vec![guard])
    }
}

/// All cooks sell one plate; the gate makes them meet where it hurts most. Returns the till.
fn sell_together(cooks: u32, guard: Guard) -> u32 {
    let gate = Barrier::new(cooks as usize);
    let (plain, locked) = (AtomicU32::new(0), Mutex::new(0));
    thread::scope(|kitchen| {
        for cook in 1..=cooks {
            let sell = || match guard {
                Guard::None => read_then_write(&plain, || meet(&gate)),
                Guard::Mutex => add_under_lock(&locked, || meet(&gate)),
                Guard::Atomic => add_in_one_step(&plain, || meet(&gate)),
            };
            thread::Builder::new()
                .name(format!("cook-{cook}"))
                .spawn_scoped(kitchen, sell)
                .unwrap();
        }
    });
    plain.into_inner() + locked.into_inner().unwrap()
}

fn meet(gate: &Barrier) -> BarrierWaitResult {
    let _span = info_span!("wait", on = "the others").entered();
    gate.wait()
}

/// Wrong: between the two steps, everybody may read the same number.
/// Relaxed is enough here and no ordering would help: it is the gap that loses the sale.
fn read_then_write<T>(till: &AtomicU32, gap: impl FnOnce() -> T) {
    let total = info_span!("read").in_scope(|| till.load(Ordering::Relaxed));
    gap();
    info_span!("write", total = total + 1).in_scope(|| till.store(total + 1, Ordering::Relaxed));
}

/// Right: who holds the lock reads and writes undisturbed. The others meet before it.
fn add_under_lock<T>(till: &Mutex<u32>, before: impl FnOnce() -> T) {
    before();
    let mut total = till.lock().unwrap();
    let _span = info_span!("read and write").entered();
    *total += 1;
}

/// Right: reading and writing are one step, so nothing fits between. Relaxed: nothing else is shared.
fn add_in_one_step<T>(till: &AtomicU32, before: impl FnOnce() -> T) {
    before();
    let _span = info_span!("add").entered();
    till.fetch_add(1, Ordering::Relaxed);
}

/// The same wrong selling without a gate: the cooks meet in the gap only by luck.
fn sell_by_luck(cooks: u32) -> u32 {
    let till = AtomicU32::new(0);
    thread::scope(|kitchen| {
        for _ in 0..cooks {
            kitchen.spawn(|| read_then_write(&till, || ()));
        }
    });
    till.into_inner()
}
