//! The progress file under damage, under two terminals, under a runner that dies.

mod clone;

use std::fs;

use clone::{Clone, holds};
use xtask::progress::Store;

const FILE: &str = "progress.jsonl";

fn clone_with_progress(test: &str) -> Clone {
    let clone = Clone::new(test);
    clone.run(&["lesson", "1"]).expect(0);
    clone.write("exercises/threads/stir.rs", "pub fn stir() -> u32 { 3 }\n");
    clone.run(&["check", "stir"]).expect(0);
    clone
}

#[test]
fn a_damaged_file_is_set_aside_and_progress_rebuilt_by_checking() {
    let clone = clone_with_progress("damaged");
    let whole = clone.read(FILE);
    for (n, damaged) in [
        String::new(),
        "\0\0\0".into(),
        whole[..whole.len() / 2].into(),
        whole.replace("\"exercise\"", "\"exorcise\""),
    ]
    .iter()
    .enumerate()
    {
        clone.write(FILE, damaged);
        let run = clone.run(&["list"]);
        holds(&run.stderr, "Your progress file was damaged");
        assert_eq!(clone.read(&format!("{FILE}.damaged-{}", n + 1)), *damaged);
        holds(&run.expect(0), "1 passed, 0 not right yet");
        holds(&clone.run(&["list"]).expect(0), "✓ stir");
    }
}

#[test]
fn a_damaged_line_costs_no_other_line() {
    let clone = clone_with_progress("one-line");
    let text = clone.read(FILE);
    let (_, rest) = text.split_once('\n').unwrap();
    clone.write(FILE, &format!("{{\"lesson\"#\n{rest}"));
    clone.run(&["list"]).expect(0);
    let (progress, damage) =
        Store::new(&clone.path(""), &clone.path("target/xtask")).load().unwrap();
    assert!(damage.is_none(), "the list has already set the damage aside");
    assert!(progress.exercises["stir"].verdict.as_ref().is_some_and(|(_, passed)| *passed));
}

#[test]
fn changes_from_many_terminals_at_once_all_survive() {
    let clone = Clone::new("terminals");
    let root = clone.path("");
    let scratch = clone.path("target/xtask");
    std::thread::scope(|scope| {
        for terminal in 0..8 {
            let (root, scratch) = (&root, &scratch);
            scope.spawn(move || {
                for lesson in 0..10 {
                    let store = Store::new(root, scratch);
                    let name = format!("lesson-{terminal}-{lesson}");
                    store
                        .update(|progress| {
                            progress.lessons.entry(name).or_default().finished = true
                        })
                        .unwrap();
                }
            });
        }
    });
    let (progress, damage) = Store::new(&root, &scratch).load().unwrap();
    assert!(damage.is_none());
    assert_eq!(progress.lessons.len(), 80);
}

#[test]
fn two_guides_at_once_both_leave_their_mark() {
    let clone = Clone::new("two-guides");
    let lessons = ["1", "2"].map(|lesson| {
        let mut guide = clone.guide(&["lesson", lesson]);
        guide.stdout(std::process::Stdio::null()).spawn().unwrap()
    });
    for mut lesson in lessons {
        assert!(lesson.wait().unwrap().success());
    }
    holds(&clone.run(&["list"]).expect(0), "Lessons 2 of 2");
}

#[test]
fn a_half_written_file_of_a_killed_guide_is_never_read() {
    let clone = clone_with_progress("killed");
    fs::write(clone.path(&format!("{FILE}.new")), "{\"lesson\":[\"so").unwrap();
    let run = clone.run(&["list"]);
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    holds(&run.expect(0), "✓ stir");
}
