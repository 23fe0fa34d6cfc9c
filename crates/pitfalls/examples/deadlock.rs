//! Cooks in a circle each hold one tool and want the next one's: stuck every time, then two ways out.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::{Barrier, Mutex};
use std::thread;

use clap::{Parser, ValueEnum};
use pitfalls::orders::{TwoTools, try_all};
use tracing::info_span;

fn main() {
    let knobs = Knobs::parse();
    if knobs.get_stuck {
        return cook(&knobs.kitchen(), Fix::None);
    }
    println!("{} cooks, {} tools, each cook needs two.", knobs.cooks, knobs.cooks);
    let stuck = watch_a_kitchen_get_stuck(&knobs);
    assert_eq!(stuck, knobs.cooks, "each holds one tool and wants another's: nobody can ever move");
    println!("No fix: all {stuck} hold one tool and want the next one's. Nobody can ever move.");

    let recorder = timeline::start();
    for fix in knobs.fix.map_or(vec![Fix::Order, Fix::Try], |fix| vec![fix]) {
        cook(&knobs.kitchen(), fix);
        println!("{fix:?}: all {} dishes are done.", knobs.cooks);
        recorder.take().show_titled(&format!("{fix:?}"));
    }
    for (name, wants) in [("crosswise", [[0, 1], [1, 0]]), ("in one order", [[0, 1], [0, 1]])] {
        let tally = try_all(&TwoTools::new(wants.to_vec()));
        println!(
            "Two cooks, tools taken {name}: stuck in {} of {} orders.",
            tally.bad, tally.orders
        );
    }
}

/// A deadlock you can have at will, and its ways out.
#[derive(Parser)]
struct Knobs {
    /// Cooks around the table, with one tool between each two of them.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(2..=6))]
    cooks: u32,
    /// The way out; both in turn if left out.
    #[arg(long)]
    fix: Option<Fix>,
    /// Be the kitchen that gets stuck; it never ends by itself.
    #[arg(long, hide = true)]
    get_stuck: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Fix {
    /// Everybody takes the tool on the left first.
    #[value(skip)]
    None,
    /// Everybody takes the tool with the lower number first.
    Order,
    /// Who cannot have the second tool puts the first one back, and tries again.
    Try,
}

impl Knobs {
    fn kitchen(&self) -> Vec<Mutex<u32>> {
        (0..self.cooks).map(Mutex::new).collect()
    }
}

/// Every cook takes two tools and cooks one dish.
fn cook(tools: &[Mutex<u32>], fix: Fix) {
    let gate = Barrier::new(tools.len());
    thread::scope(|kitchen| {
        for cook in 0..tools.len() {
            let (left, right) = (cook, (cook + 1) % tools.len());
            let gate = &gate;
            let job = move || match fix {
                Fix::None => take_left_then_right(tools, left, right, gate),
                Fix::Order => take_in_order(tools, left.min(right), left.max(right), gate),
                Fix::Try => take_or_put_back(tools, left, right, gate),
            };
            thread::Builder::new().name(format!("cook-{cook}")).spawn_scoped(kitchen, job).unwrap();
        }
    });
}

/// Wrong: when all have taken the left tool, all right ones are taken.
fn take_left_then_right(tools: &[Mutex<u32>], left: usize, right: usize, gate: &Barrier) {
    let _left = tools[left].lock().unwrap();
    gate.wait();
    println!("cook {left} holds tool {left} and wants tool {right}");
    let _right = tools[right].lock().unwrap();
    info_span!("dish").in_scope(chop);
}

/// Right: the holder of the highest tool wants none that is higher, so somebody can always go on.
fn take_in_order(tools: &[Mutex<u32>], low: usize, high: usize, gate: &Barrier) {
    gate.wait();
    let wait = info_span!("wait", on = "tools").entered();
    let _low = tools[low].lock().unwrap();
    let _high = tools[high].lock().unwrap();
    drop(wait);
    info_span!("dish").in_scope(chop);
}

/// Right, but restless: nobody holds a tool while waiting, so two cooks may take and put back for a while.
fn take_or_put_back(tools: &[Mutex<u32>], left: usize, right: usize, gate: &Barrier) {
    gate.wait();
    let wait = info_span!("wait", on = "tools").entered();
    loop {
        let left_tool = tools[left].lock().unwrap();
        if let Ok(_right_tool) = tools[right].try_lock() {
            drop(wait);
            return info_span!("dish").in_scope(chop);
        }
        drop(left_tool);
        thread::yield_now();
    }
}

/// Enough work to be seen in the chart.
fn chop() {
    std::hint::black_box((0..2_000_000_u64).fold(0, |sum, n| sum ^ n));
}

/// Starts this program as a kitchen without a fix, listens until every cook has said what it holds
/// and wants, and ends it, since it never would. Returns how many are stuck.
fn watch_a_kitchen_get_stuck(knobs: &Knobs) -> u32 {
    let program = std::env::current_exe().expect("a running program knows where it lies");
    let mut kitchen = Command::new(program)
        .args(["--get-stuck", "--cooks", &knobs.cooks.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program can be started again");
    let words = BufReader::new(kitchen.stdout.take().expect("stdout is piped"));
    let mut lines: Vec<_> = words.lines().take(knobs.cooks as usize).map(Result::unwrap).collect();
    let still_runs = kitchen.try_wait().expect("a child can be asked").is_none();
    kitchen.kill().expect("a child can be ended");
    kitchen.wait().expect("a child can be waited for");
    lines.sort();
    lines.iter().for_each(|line| println!("  {line}"));
    if still_runs { lines.len() as u32 } else { 0 }
}
