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

#[test]
fn a_verdict_that_cannot_be_remembered_is_told() {
    let clone = clone_with_progress("unwritable");
    fs::create_dir(clone.path(&format!("{FILE}.new"))).unwrap(); // so that nothing can be written
    clone.write("exercises/threads/stir.rs", "pub fn stir() -> u32 { 4 }\n");
    let run = clone.run(&["check", "stir"]);
    holds(&run.stderr, "The verdict below is not remembered.");
    holds(&run.expect(1), "✗ stir: three times it is");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_file_stays_a_link() {
    let clone = clone_with_progress("linked");
    let elsewhere = clone.path("synced.jsonl");
    fs::rename(clone.path(FILE), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, clone.path(FILE)).unwrap();
    clone.run(&["hint", "stir"]).expect(0);
    assert!(clone.path(FILE).is_symlink());
    assert!(fs::read_to_string(elsewhere).unwrap().contains("\"hints\":1"));
}

#[test]
fn something_else_in_its_place_is_named_with_the_way_out() {
    let clone = Clone::new("a-folder");
    fs::create_dir(clone.path(FILE)).unwrap();
    let run = clone.run(&["list"]);
    holds(&run.stderr, "Move it away, and run this again");
    run.expect(1);
}
