//! Judges `process_pool_map`: order, retry, report, and what is left in the process table.
//!
//! A kitchen is this test program run again with one "test" selected: `kitchen`. The test harness prints
//! to standard output, so a shell first hands the pipe on as descriptor 3.
#![cfg(target_os = "linux")]

#[path = "../processes/process_pool_map.rs"]
mod exercise;

use std::fs::{self, File};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, thread};

use exercise::{Lost, process_pool_map};

const NOTES: &str = "PROCESS_POOL_MAP_NOTES";

/// Not a test: what a kitchen does when this program is started as one.
#[test]
fn kitchen() {
    let Ok(notes) = env::var(NOTES) else { return };
    let notes = Path::new(&notes);
    let mut answers = File::options().write(true).open("/dev/fd/3").expect("the shell opened it");
    for order in io::stdin().lock().lines().map_while(Result::ok) {
        match order.split_once(' ').unwrap_or((&order, "")) {
            ("burn", "down") => process::exit(1),
            ("burn", _) if File::create_new(notes.join("burnt")).is_ok() => process::exit(1),
            ("wait-for", note) => wait_for(&notes.join(note)),
            ("leave", note) => drop(File::create(notes.join(note))),
            _ => {}
        }
        let written = writeln!(answers, "{}", order.to_uppercase());
        if written.is_err() {
            break; // the parent has stopped listening
        }
    }
    process::exit(0);
}

/// Far longer than any busy machine needs; and how long those wait who come after one in vain.
const PATIENCE: Duration = Duration::from_secs(2);
const LITTLE_PATIENCE: Duration = Duration::from_millis(200);

/// Waits for another kitchen's note, or gives up.
fn wait_for(note: &Path) {
    // Beside the notes of all tests: one wait in vain tells enough.
    let in_vain = note.parent().expect("a note has a folder").with_file_name("in-vain");
    let since = Instant::now();
    while !note.exists() {
        let patience = if in_vain.exists() { LITTLE_PATIENCE } else { PATIENCE };
        if since.elapsed() > patience {
            let _ = File::create(in_vain);
            process::exit(1);
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// An empty place for the notes of one test, which no other answer that is judged just now can write to.
fn notes(test: &str) -> PathBuf {
    static JUDGE: LazyLock<PathBuf> = LazyLock::new(|| {
        let judge = format!("process_pool_map-{}", process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(judge);
        // An earlier judge may have had the same id.
        let _ = fs::remove_dir_all(&folder);
        folder
    });
    let notes = JUDGE.join(test);
    fs::create_dir_all(&notes).expect("the target folder can be written to");
    notes
}

/// Runs the answer; its results, and how many kitchens it started.
fn run(test: &str, kitchens: usize, orders: &[&str]) -> (Vec<Result<String, Lost>>, usize) {
    let notes = notes(test);
    let started = AtomicUsize::new(0);
    let start = || {
        // Relaxed: a plain count, read when the answer has returned.
        let before = started.fetch_add(1, Ordering::Relaxed);
        assert!(
            before < 40,
            "40 kitchens were started for {} orders: that will never end",
            orders.len()
        );
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" kitchen --exact --nocapture 3>&1 >/dev/null"]);
        command.arg(env::current_exe().expect("Linux knows")).env(NOTES, &notes);
        command
    };
    let results = process_pool_map(&start, kitchens, orders);
    (results, started.into_inner())
}

fn cooked(orders: &[&str]) -> Vec<Result<String, Lost>> {
    orders.iter().map(|order| Ok(order.to_uppercase())).collect()
}

/// Our children in the process table, as "id (name) state": R or S runs, Z is a zombie.
fn children() -> Vec<String> {
    let me = process::id().to_string();
    let stats = fs::read_dir("/proc").expect("Linux has /proc").flatten().filter_map(|entry| {
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        let (name, rest) = stat.rsplit_once(')')?;
        let mut rest = rest.split_whitespace();
        let (state, parent) = (rest.next()?, rest.next()?);
        (parent == me).then(|| format!("{name}) {state}"))
    });
    stats.collect()
}

#[test]
fn answers_come_in_the_order_of_the_orders() {
    // The first order is ready only after the second.
    let orders = ["wait-for second", "leave second", "soup", "fish", "rice", "cake", "tea"];
    let (results, started) = run("order", 2, &orders);
    assert_eq!(results, cooked(&orders));
    assert_eq!(started, 2, "no kitchen burnt down, so two are enough for all orders");
}

#[test]
fn all_kitchens_cook_at_the_same_time() {
    // The first two can only end while a third kitchen is at work.
    let orders = ["wait-for third", "wait-for third", "leave third"];
    let (results, _) = run("together", 3, &orders);
    assert_eq!(
        results,
        cooked(&orders),
        "two orders waited for the third, but no kitchen was free for it"
    );
}

#[test]
fn no_orders_have_no_answers() {
    assert_eq!(run("none", 2, &[]).0, []);
    assert_eq!(children(), <[String; 0]>::default());
}

#[test]
fn an_order_whose_kitchen_burns_down_is_tried_again() {
    let orders = ["soup", "burn once", "fish", "cake"];
    let (results, started) = run("once", 1, &orders);
    assert_eq!(results, cooked(&orders), "the second kitchen would have cooked it");
    assert_eq!(started, 2, "one kitchen, and one in place of the burnt one");
}

#[test]
fn an_order_that_burns_down_two_kitchens_is_reported() {
    let orders = ["soup", "burn down", "fish", "burn down"];
    let (results, _) = run("twice", 1, &orders);
    assert_eq!(results, [Ok("SOUP".into()), Err(Lost), Ok("FISH".into()), Err(Lost)]);
}

#[test]
fn two_burning_orders_do_not_stop_the_others() {
    let orders = ["burn down", "burn down", "soup", "fish", "rice"];
    let (results, _) = run("others", 2, &orders);
    assert_eq!(results[..2], [Err(Lost), Err(Lost)]);
    assert_eq!(results[2..], cooked(&orders[2..]));
}

#[test]
fn nobody_is_left_behind() {
    run("left", 3, &["soup", "burn down", "fish", "cake"]);
    let left = children();
    assert!(
        left.is_empty(),
        "left in the process table (Z: ended, but nobody waited for it): {left:?}"
    );
}
