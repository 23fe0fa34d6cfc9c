//! Standing still: cooks in a circle, a cook who waits for himself, two who are too polite; and the ways out.

use std::thread::sleep;
use std::time::Duration;

use clap::{Parser, ValueEnum, value_parser};
use interleave::{Explorer, Report};
use pitfalls::lock_twice::{HELPERS, Pass, TEMPORARIES, Way};
use pitfalls::orders::{TwoTools, try_all};
use pitfalls::polite::be_polite;
use pitfalls::table::{self, Fix, cook_at_once, gets_stuck_by_luck};
use pitfalls::watched::{Watched, end_with_the_parent};
use tracing::{info, info_span};

fn main() {
    let knobs = Knobs::parse();
    if let Some(exhibit) = &knobs.stand_still {
        return stand_still(exhibit, knobs.cooks);
    }
    match knobs.program {
        Program::Oneself => HELPERS.iter().for_each(lock_twice),
        Program::Temporaries => TEMPORARIES.iter().for_each(lock_twice),
        Program::Abba => reach_for_tools(2, &knobs),
        Program::Philosophers => reach_for_tools(knobs.cooks.into(), &knobs),
        Program::Livelock => stay_polite(knobs.jitter),
    }
}

/// Five ways to stand still.
#[derive(Parser)]
struct Knobs {
    #[arg(long, default_value = "abba")]
    program: Program,
    /// What the cooks of abba and philosophers do about it; all in turn if left out.
    #[arg(long)]
    fix: Option<Fix>,
    /// Philosophers around the table.
    #[arg(long, default_value_t = 5, value_parser = value_parser!(u8).range(2..=6))]
    cooks: u8,
    /// In livelock: who has put a tool back sits out for a roll of the dice.
    #[arg(long)]
    jitter: bool,
    /// Runs of abba without a gate, where getting stuck is left to luck.
    #[arg(long, default_value_t = 300, value_parser = value_parser!(u32).range(1..=100_000))]
    runs: u32,
    /// Be the exhibit that stands still.
    #[arg(long, hide = true)]
    stand_still: Option<String>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Program {
    /// A cook waits for a lock that he holds himself.
    #[value(name = "self")]
    Oneself,
    /// Two cooks reach crosswise for two tools.
    Abba,
    /// Cooks around a table share a tool with each neighbour.
    Philosophers,
    /// Two polite cooks put back what they have, always at the same time.
    Livelock,
    /// Guards without a name live longer than they look.
    Temporaries,
}

/// Each fix in turn: what all orders and all runs say, and then the real thing.
fn reach_for_tools(cooks: usize, knobs: &Knobs) {
    let recorder = timeline::start();
    for fix in knobs.fix.map_or(Fix::value_variants().to_vec(), |fix| vec![fix]) {
        println!("{fix:?}:");
        if fix != Fix::Try {
            let tally = try_all(&TwoTools::around_a_table(cooks, fix == Fix::Order));
            println!("  {cooks} cooks: stuck in {} of {} orders", tally.bad, tally.orders);
            let report = Explorer::new().explore(move || cook_at_once(cooks, fix, |_| (), || ()));
            println!("  {}", in_short(&report));
            drop(recorder.take()); // what was explored is not drawn
        }
        if fix == Fix::None {
            let mut child = Watched::start(["--stand-still=table", &format!("--cooks={cooks}")]);
            let mut words = child.hear(cooks);
            words.sort();
            println!("  {}\n  nobody can ever move", words.join("\n  "));
            assert!(child.stands_still(), "each holds one tool and wants another's");
        } else {
            cook_at_once(cooks, fix, |_| (), || info_span!("dish").in_scope(beat));
            println!("  all {cooks} dishes are done");
            recorder.take().show_titled(&format!("{fix:?}"));
        }
    }
    if knobs.program == Program::Abba {
        let stuck = (0..knobs.runs).filter(|_| gets_stuck_by_luck()).count();
        drop(recorder.take());
        info!(target: "measured", runs_left_to_luck = knobs.runs, stuck_by_luck = stuck);
        recorder.finish().show();
    }
}

/// What the explorer has to say: who waits for whom, or how many runs there are.
fn in_short(report: &Report) -> String {
    report.to_string().split("\n\n").next().unwrap_or_default().replace('\n', "\n  ")
}

/// Long enough to be seen in a chart.
fn beat() {
    sleep(Duration::from_millis(100));
}

/// Explores a way to take one lock twice, then goes that way in a child.
fn lock_twice((name, way): &Way) {
    let way = *way;
    let report = Explorer::new().explore(move || way(&Pass::default()));
    println!("{name}:\n  {}", in_short(&report));
    let mut child = Watched::start([&*format!("--stand-still={name}")]);
    assert_eq!(child.hear(1), [*name], "the child goes this way");
    let is_stuck = report.fault.is_some();
    // The explorer knows the answer, so nothing depends on how long we look.
    assert!(if is_stuck { child.stands_still() } else { child.ends() }, "as the explorer says");
    println!("  the child {}", if is_stuck { "stands still" } else { "comes to its end" });
}

/// Two cooks give way to each other until the evening is over.
fn stay_polite(jitter: bool) {
    let recorder = timeline::start();
    let evening = be_polite(6, jitter, beat);
    println!("Six rounds: {} times put back, {} of 2 dishes.", evening.put_back, evening.dishes);
    assert_eq!(evening.dishes, if jitter { 2 } else { 0 });
    recorder.finish().show();
}

/// The child's part: says what it is about to do, and does it.
fn stand_still(exhibit: &str, cooks: u8) {
    end_with_the_parent();
    match HELPERS.iter().chain(&TEMPORARIES).find(|(name, _)| *name == exhibit) {
        Some((name, way)) => {
            println!("{name}");
            way(&Pass::default());
        }
        None => table::stand_still(cooks.into()),
    }
}
