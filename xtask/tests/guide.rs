//! The guide as a learner's shell sees it: through pipes, with exit codes, with wrong input.

mod clone;

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use clone::{Clone, Finished, holds};

#[test]
fn bare_it_says_what_is_next() {
    let clone = Clone::new("bare");
    let out = clone.run(&[]).expect(0);
    holds(&out, "Lessons 0 of 2 · exercises 0 of 2");
    holds(&out, "cargo xtask lesson 1");
}

#[test]
fn the_list_names_lessons_and_exercises_in_order() {
    let clone = Clone::new("list");
    let out = clone.run(&["list"]).expect(0);
    let places: Vec<_> =
        ["Soup (soup)", "stir", "Bread (bread)", "taste"].map(|part| out.find(part)).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{out}");
}

#[test]
fn a_piped_lesson_runs_straight_through_without_escape_codes() {
    let clone = Clone::new("piped");
    let out = clone.run(&["lesson", "soup"]).expect(0);
    for part in [
        "The idea",
        "a) None.",
        "b) Two.",
        "soup is ready",
        "`spoons` was 2.0",
        "b) Two",
        "one to stir",
        "cargo xtask check stir",
    ] {
        holds(&out, part);
    }
    assert!(!out.contains('\x1b'), "escape codes in a pipe:\n{out}");
    holds(&clone.run(&["list"]).expect(0), "1 ✓ Soup");
}

#[test]
fn with_the_first_lesson_comes_what_the_others_need_offline() {
    let clone = Clone::new("fetched");
    clone.run(&["lesson", "1"]).expect(0);
    assert_eq!(clone.read("target/xtask/fetched.lock"), clone.read("Cargo.lock"));
}

#[test]
fn a_guess_is_scored_against_this_run() {
    let clone = Clone::new("scored");
    let out = clone.run(&["lesson", "1", "--", "--spoons", "3"]).expect(0);
    holds(&out, "`spoons` was 3.0");
    holds(&out, "so the answer is c) More.");
    holds(&out, "Without `--spoons 3` it is b).");
}

#[test]
fn a_failing_program_is_an_honest_exit_status() {
    let clone = Clone::new("failing");
    let out = clone.run(&["lesson", "1", "--", "--spoons", "7"]).expect(1);
    holds(&out, "1 to 3 spoons");
    holds(&clone.run(&["list"]).expect(0), "1 · Soup");
}

#[test]
fn a_knob_that_there_is_not_is_refused_before_the_lesson_begins() {
    let clone = Clone::new("knobs");
    let run = clone.run(&["lesson", "1", "--", "--forks", "1"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    holds(&run.stderr, "unknown knobs");
    holds(&run.stderr, "cargo xtask lesson soup -- --help");
    let help = clone.run(&["lesson", "1", "--", "--help"]).expect(0);
    assert_eq!(help, "--spoons <1 to 3>\n");
}

#[test]
fn the_full_length_is_that_of_the_page_and_a_given_knob_outranks_it() {
    let clone = Clone::new("full");
    let out = clone.run(&["lesson", "bread", "--full"]).expect(0);
    holds(&out, "$ cargo run -q -p threads --example bread -- --spoons 3\n");
    let out = clone.run(&["lesson", "bread", "--full", "--", "--spoons", "1"]).expect(0);
    holds(&out, "$ cargo run -q -p threads --example bread -- --spoons 1\n");
    let short = clone.run(&["lesson", "soup", "--full"]);
    holds(&short.stderr, "Lesson 1 is not cut short: --full changes nothing.");
    holds(&short.expect(0), "$ cargo run -q -p threads --example soup\n");
}

#[test]
fn a_program_that_does_not_compile_shows_why_and_leaves_the_rest_working() {
    let clone = Clone::new("uncompilable");
    clone.write("crates/threads/examples/soup.rs", "fn main() { sup() }");
    let run = clone.run(&["lesson", "1"]);
    holds(&run.stderr, "cannot find function `sup`");
    assert_eq!(run.code, Some(1));
    clone.run(&["list"]).expect(0);
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let clone = Clone::new("unknown");
    holds(&clone.run(&["lesson", "soop"]).stderr, "Did you mean `soup`?");
    holds(&clone.run(&["lesson", "9"]).stderr, "from 1 to 2");
    holds(&clone.run(&["check", "stirr"]).stderr, "Did you mean `stir`?");
    let flag = clone.run(&["list", "--verbos"]);
    assert_eq!(flag.code, Some(2));
    holds(&flag.stderr, "--help");
}

#[test]
fn outside_the_course_it_says_where_to_go() {
    let clone = Clone::new("outside");
    let mut guide = clone.guide(&["list"]);
    let run = Finished::of(guide.current_dir("/").output().unwrap());
    holds(&run.stderr, "Change to the folder you cloned");
    assert_eq!(run.code, Some(1));
}

#[test]
fn without_cargo_it_says_how_to_get_rust() {
    let clone = Clone::new("no-cargo");
    let run = Finished::of(
        clone.guide(&["lesson", "1"]).env("CARGO", "/nowhere/cargo").output().unwrap(),
    );
    holds(&run.stderr, "Install Rust: https://rustup.rs");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let clone = Clone::new("closed-pipe");
    let mut child = clone
        .guide(&["lesson", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        stdout.read_line(&mut first).unwrap();
    }
    holds(&first, "Lesson 1 of 2");
    drop(stdout);
    let run = Finished::of(child.wait_with_output().unwrap());
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_the_output_is_told_in_words() {
    let clone = Clone::new("full-disk");
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let run = Finished::of(clone.guide(&["list"]).stdout(full).output().unwrap());
    holds(&run.stderr, "error: the output cannot be written: No space left on device");
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run.expect(1);
}

#[test]
fn a_demo_through_a_pipe_says_what_to_do_instead() {
    let clone = Clone::new("demo-pipe");
    holds(&clone.run(&["demo", "1"]).stderr, "Straight through: cargo xtask lesson");
}

#[test]
fn completions_know_the_commands() {
    let clone = Clone::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        holds(&clone.run(&["completions", shell]).expect(0), "lesson");
    }
}

#[test]
fn stale_pages_are_named_then_refreshed() {
    let clone = Clone::new("weave");
    let out = clone.run(&["weave", "--check"]).expect(1);
    holds(&out, "stale: tutorial/src/threads/soup.md");
    holds(&out, "stale: README.md");
    clone.run(&["weave"]).expect(0);
    let page = clone.read("tutorial/src/threads/soup.md");
    holds(&page, "soup is ready\n```");
    holds(&page, "```rust\nfn main() {");
    holds(&page, "```python\ndef main():");
    holds(&clone.read("README.md"), "| 1 | [Soup](tutorial/src/threads/soup.md) | `stir` |");
    clone.run(&["weave", "--check"]).expect(0);
}

#[test]
fn a_quoted_item_that_is_gone_fails_the_weaving() {
    let clone = Clone::new("gone");
    let page = clone.read("tutorial/src/threads/soup.md").replace("fn main", "fn cook_twice");
    clone.write("tutorial/src/threads/soup.md", &page);
    let run = clone.run(&["weave", "--check"]);
    holds(&run.stderr, "there is no `fn cook_twice`");
    assert_eq!(run.code, Some(1));
}

/// The steps of CONTRIBUTING.md, done one after the other.
#[test]
fn a_lesson_and_its_exercise_are_added_in_five_steps_each() {
    let clone = Clone::new("five-steps");
    let like = |text: String| {
        text.replace("bread", "salad").replace("Bread", "Salad").replace("taste", "toss")
    };
    for (model, new) in [
        // A lesson: its program, its twin, its page, its line in the summary.
        ("crates/threads/examples/bread.rs", "crates/threads/examples/salad.rs"),
        ("crates/threads/python/bread.py", "crates/threads/python/salad.py"),
        ("tutorial/src/threads/bread.md", "tutorial/src/threads/salad.md"),
        // An exercise: its starter, its judge, its solution and hints, its wrong answer; the page names it.
        ("exercises/starters/threads/taste.rs", "exercises/starters/threads/toss.rs"),
        ("exercises/tests/taste.rs", "exercises/tests/toss.rs"),
        ("solutions/threads/taste/solution.rs", "solutions/threads/toss/solution.rs"),
        ("solutions/threads/taste/hints.md", "solutions/threads/toss/hints.md"),
        ("solutions/threads/taste/wrong/once.rs", "solutions/threads/toss/wrong/once.rs"),
    ] {
        clone.write(new, &like(clone.read(model)));
    }
    let summary = clone.read("tutorial/src/SUMMARY.md") + "- [](threads/salad.md)\n";
    clone.write("tutorial/src/SUMMARY.md", &summary);

    clone.run(&["weave", "salad"]).expect(0);
    holds(&clone.read("tutorial/src/threads/salad.md"), "salad is ready");
    holds(&clone.read("tutorial/src/SUMMARY.md"), "- [Salad](threads/salad.md)");
    holds(&clone.read("README.md"), "| 3 | [Salad](tutorial/src/threads/salad.md) | `toss` |");
    holds(&clone.run(&["list"]).expect(0), "3 · Salad");
    let proof = clone.run(&["verify", "toss"]).expect(0);
    holds(&proof, "1 wrong answers rejected as predicted, 0 surprises.");
}
