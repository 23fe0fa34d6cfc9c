//! A student's answers, good, wrong and hostile: each gets its own verdict, and nothing stays behind.

mod clone;

use std::fs;
use std::time::{Duration, SystemTime};

#[cfg(target_os = "linux")]
use clone::wait_until;
use clone::{COPY, Clone, answer, holds};

#[test]
fn a_right_answer_passes_and_is_remembered() {
    let clone = Clone::new("right");
    clone.write(COPY, &answer("3"));
    holds(&clone.run(&["check", "stir"]).expect(0), "passed, 1 of 1 tests");
    holds(&clone.run(&["check"]).expect(0), "1 passed, 0 not right yet, 1 not started");
    holds(&clone.run(&["list"]).expect(0), "✓ stir");
}

#[test]
fn the_starter_is_said_to_be_unfinished() {
    let clone = Clone::new("starter");
    let out = clone.run(&["check", "stir"]).expect(1);
    holds(&out, "still has a todo!()");
    holds(&out, COPY);
}

#[test]
fn a_wrong_answer_hears_what_the_guest_wanted() {
    let clone = Clone::new("wrong");
    clone.write(COPY, &answer("1"));
    let out = clone.run(&["check", "stir"]).expect(1);
    holds(&out, "three times it is");
    holds(&out, "the guest asked for three");
}

#[test]
fn an_answer_that_does_not_compile_harms_no_other() {
    let clone = Clone::new("uncompilable-answer");
    clone.write(COPY, "pub fn stir() -> u32 { three }");
    clone.write("exercises/threads/taste.rs", "pub fn taste() -> u32 { 3 }");
    holds(&clone.run(&["check", "stir"]).expect(1), "does not compile");
    let all = clone.run(&["check"]).expect(1);
    holds(&all, "✓ taste");
    holds(&all, "✗ stir");
}

#[test]
fn several_exercises_are_checked_in_one_go() {
    let clone = Clone::new("several");
    clone.write(COPY, &answer("3"));
    let out = clone.run(&["check", "stir", "taste"]).expect(1);
    holds(&out, "✓ stir: passed");
    holds(&out, "✗ taste: still has a todo!()");
    let mistyped = clone.run(&["check", "stir", "stirr"]);
    holds(&mistyped.stderr, "stirr");
    assert_eq!(mistyped.expect(1), "", "nobody waits for a verdict before the mistake is told");
}

#[test]
fn an_older_file_put_back_gets_its_own_verdict() {
    let clone = Clone::new("older");
    clone.write(COPY, &answer("1"));
    clone.run(&["check", "stir"]).expect(1);
    clone.write(COPY, &answer("3"));
    let file = fs::File::options().append(true).open(clone.path(COPY)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    clone.run(&["check", "stir"]).expect(0);
}

#[test]
fn an_endless_loop_is_called_spinning() {
    let clone = Clone::new("spinning");
    clone.write(COPY, &answer("let mut n = 0u32; while n < 1 { n = std::hint::black_box(0); } n"));
    let out = clone.run(&["check", "stir", "--limit", "2"]).expect(1);
    holds(&out, "spinning");
    holds(&out, "three times it is");
}

#[test]
fn a_deadlock_names_the_threads_that_wait() {
    let clone = Clone::new("deadlock");
    clone.write(
        COPY,
        &answer(
            "let pot = std::sync::Arc::new(std::sync::Mutex::new(3)); let held = pot.lock().unwrap();
             let theirs = pot.clone();
             let cook = std::thread::Builder::new().name(\"second-cook\".into());
             cook.spawn(move || *theirs.lock().unwrap()).unwrap().join().unwrap() + *held",
        ),
    );
    let out = clone.run(&["check", "stir"]).expect(1);
    holds(&out, "waiting for a lock");
    holds(&out, "second-cook");
}

#[test]
fn ending_the_program_is_not_passing() {
    let clone = Clone::new("exits");
    clone.write(COPY, &answer("std::process::exit(0)"));
    holds(&clone.run(&["check", "stir"]).expect(1), "before the judge was done");
}

#[test]
fn children_left_behind_are_ended_and_told() {
    let clone = Clone::new("children");
    let leave =
        "for _ in 0..3 { std::process::Command::new(\"sleep\").arg(\"1000\").spawn().unwrap(); } 3";
    clone.write(COPY, &answer(leave));
    holds(&clone.run(&["check", "stir"]).expect(1), "left 3 running process(es) behind");
}

#[test]
fn a_flood_of_output_is_stopped() {
    let clone = Clone::new("flood");
    clone.write(COPY, &answer("loop { println!(\"three, three, three\"); }"));
    let out = clone.run(&["check", "stir", "--limit", "60"]).expect(1);
    holds(&out, "printed without end");
    assert!(out.len() < 100_000, "the flood was passed on: {} bytes", out.len());
}

#[test]
fn an_abort_and_a_stack_overflow_are_told_apart() {
    let clone = Clone::new("aborts");
    clone.write(COPY, &answer("std::process::abort()"));
    let abort = clone.run(&["check", "stir"]).expect(1);
    clone.write(COPY, &format!("fn deeper(n: u32) -> u32 {{ if n == u32::MAX {{ 0 }} else {{ 1 + deeper(std::hint::black_box(n / 2)) }} }}\n{}", answer("deeper(3)")));
    let overflow = clone.run(&["check", "stir"]).expect(1);
    holds(&abort, "SIGABRT");
    // Wherever the line is broken.
    let words: Vec<_> = overflow.split_whitespace().collect();
    holds(&words.join(" "), "overflowed its stack");
}

#[test]
fn a_reset_asks_and_keeps_a_copy() {
    let clone = Clone::new("reset");
    clone.write(COPY, &answer("2"));
    let refused = clone.run(&["reset", "stir"]);
    assert_eq!(refused.code, Some(1));
    holds(&refused.stderr, "--yes");
    assert_eq!(clone.read(COPY), answer("2"));

    let out = clone.run(&["reset", "--all", "--yes"]).expect(0);
    assert_eq!(clone.read(COPY), clone.read("exercises/starters/threads/stir.rs"));
    let kept = out.rsplit("Your text: ").next().unwrap().trim();
    assert_eq!(clone.read(kept), answer("2"));
    holds(&clone.run(&["reset", "stir", "--yes"]).expect(0), "Nothing to reset");
}

#[test]
fn a_deleted_answer_is_laid_out_again() {
    let clone = Clone::new("deleted");
    assert!(!clone.path(COPY).exists());
    clone.run(&["check", "stir"]).expect(1);
    assert_eq!(clone.read(COPY), clone.read("exercises/starters/threads/stir.rs"));
}

#[test]
fn hints_come_one_at_a_time() {
    let clone = Clone::new("hints");
    let first = clone.run(&["hint", "stir"]).expect(0);
    assert!(first.contains("Nudge") && !first.contains("Closer"), "{first}");
    clone.run(&["hint"]).expect(0);
    holds(&clone.run(&["hint"]).expect(0), "It is three.");
    holds(&clone.run(&["hint"]).expect(0), "That is the last hint");
}

#[test]
fn the_solution_waits_for_a_pass_or_a_yes() {
    let clone = Clone::new("solution");
    let refused = clone.run(&["solution", "stir"]);
    assert_eq!(refused.code, Some(1));
    let first = clone.run(&["solution", "stir", "--yes"]).expect(0);
    holds(&first, "once is enough");
    holds(&first, "Judging 1 wrong answers");
    clone.write(COPY, &answer("3"));
    clone.run(&["check", "stir"]).expect(0);
    let solution = clone.run(&["solution", "stir"]).expect(0);
    holds(&solution, "Three times, as asked");
    // What breaks a wrong answer is found out once.
    holds(&solution, "the guest asked for three");
    assert!(!solution.contains("Judging"), "{solution}");
}

#[test]
fn verify_proves_the_answers_and_prints_the_table() {
    let clone = Clone::new("verify");
    let out = clone.run(&["verify"]).expect(0);
    holds(&out, "threads │ 2         │ 2             │ 2 ");
    holds(&out, "2 wrong answers rejected as predicted, 0 surprises.");
}

/// The slips of an author: what is written where, and the sentence that `verify` must say.
const SLIPS: [(&str, &str, &str); 5] = [
    (
        "solutions/threads/stir/solution.rs",
        "//! Empty.\n",
        "solutions/threads/stir/solution.rs: it is empty.",
    ),
    (
        "solutions/threads/stir/solution.rs",
        "//! Stirs.\n\npub fn stir() -> u32 {\n    4\n}\n",
        "exercises/tests/stir.rs contradicts it.",
    ),
    (
        "solutions/threads/stir/solution.rs",
        "//! Stirs.\n\npub fn stirr() -> u32 {\n    3\n}\n",
        "starters/threads/stir.rs names `stir`, and solutions/threads/stir/solution.rs does not: renamed",
    ),
    (
        "solutions/threads/stir/solution.rs",
        "//! Stirs.\n\npub fn stir() -> u32 {\n    loop {\n        std::thread::park();\n    }\n}\n",
        "solution.rs: a solution must pass, and this one never comes to its end.",
    ),
    (
        "solutions/threads/stir/wrong/once.rs",
        "//! Believes: x.\n//! Rejected by: three_times_it_is\n\npub fn stir() -> u32 {\n    3\n}\n",
        "wrong/once.rs: a wrong answer must be rejected",
    ),
];

#[test]
fn each_slip_of_an_author_has_its_sentence_and_keeps_no_other_exercise_from_its_proof() {
    let clone = Clone::new("slips");
    for (file, slip, sentence) in SLIPS {
        let right = clone.read(file);
        clone.write(file, slip);
        let out = clone.run(&["verify"]).expect(1);
        clone.write(file, &right);
        holds(&out, sentence);
        assert!(!out.contains("taste"), "nothing is wrong with `taste`:\n{out}");
    }
    let judge = "exercises/tests/stir.rs";
    fs::rename(clone.path(judge), clone.path("kept.rs")).unwrap();
    let out = clone.run(&["verify"]).expect(1);
    holds(
        &out,
        "solutions/threads/stir: the solution is without its judge. Write exercises/tests/stir.rs",
    );
    holds(&out, "1 wrong answers rejected as predicted, 1 surprises.");
    fs::rename(clone.path("kept.rs"), clone.path(judge)).unwrap();
    clone.write("solutions/threads/knead/solution.rs", "//! Nobody asks.\n");
    holds(
        &clone.run(&["verify"]).expect(1),
        "solutions/threads/knead: no page names this exercise",
    );
}

/// A cook who adds to a count that another has changed meanwhile. On the real `std` the other comes
/// far too late to meet it.
const LOST_UPDATE: &str = "\
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

pub fn stir() -> u32 {
    let times = Arc::new(AtomicU32::new(0));
    let theirs = Arc::clone(&times);
    let cook = thread::spawn(move || {
        thread::sleep(std::time::Duration::from_millis(300));
        theirs.fetch_add(1, SeqCst);
    });
    times.store(times.load(SeqCst) + 2, SeqCst);
    cook.join().unwrap();
    times.load(SeqCst)
}
";

#[test]
fn a_schedules_fault_must_be_predicted_and_a_plain_run_lets_it_through() {
    let clone = Clone::that_keeps_its_builds("schedules");
    let engine = clone::real_course().join("crates/interleave");
    let dependency = format!("\n[dev-dependencies]\ninterleave = {{ path = {engine:?} }}\n");
    let manifest = clone.read("exercises/Cargo.toml");
    clone.write("exercises/Cargo.toml", &format!("{manifest}{dependency}"));
    let judge = "exercises/tests/stir.rs";
    let plain = clone.read(judge);
    let swapped = plain.replacen("#[path", "extern crate interleave as std;\n\n#[path", 1);
    clone.write(judge, &swapped);
    let wrong = "solutions/threads/stir/wrong/once.rs";
    let lines = "//! Believes: x.\n//! Rejected by: three_times_it_is";
    clone.write(wrong, &format!("{lines}\n\n{LOST_UPDATE}"));
    holds(&clone.run(&["verify", "stir"]).expect(1), "it explores no schedule to its end");

    let explored = "std::check(|| assert_eq!(exercise::stir(), 3, \"the guest asked for three\"));";
    let asserted = "assert_eq!(exercise::stir(), 3, \"the guest asked for three\");";
    clone.write(judge, &swapped.replace(asserted, explored));
    let out = clone.run(&["verify", "stir"]).expect(1);
    holds(&out, "`//! Rejected by: three_times_it_is: lost update`");

    clone.write(wrong, &format!("{lines}: lost update\n\n{LOST_UPDATE}"));
    let out = clone.run(&["verify", "stir"]).expect(0);
    holds(&out, "stir │ 1         │ 1             │ 1        │ 1            │ 1");
    let solution = clone.run(&["solution", "stir", "--yes"]).expect(0);
    holds(&solution, "✗ lost update");
    holds(&solution, "line │ main");
}

#[test]
#[cfg(target_os = "linux")]
fn a_guide_that_is_killed_leaves_no_answer_running() {
    // Not INT or HUP: whoever runs the tests in the background may have them ignored.
    for signal in ["TERM", "KILL"] {
        let clone = Clone::new(&format!("killed-{signal}"));
        clone.write(COPY, &answer("loop { std::hint::spin_loop(); }"));
        let mut guide = clone.guide(&["check", "stir", "--limit", "600"]);
        let mut guide = guide.stdout(std::process::Stdio::null()).spawn().unwrap();
        wait_until("the answer runs", || !clone.programs().is_empty());
        let id = guide.id().to_string();
        assert!(
            std::process::Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .unwrap()
                .success()
        );
        guide.wait().unwrap();
        wait_until("nothing is left of it", || clone.programs().is_empty());
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_compiler_without_end_is_stopped_with_the_guide_that_started_it() {
    let clone = Clone::new("endless-compiler");
    clone.write(COPY, &clone::endless_to_compile());
    let mut guide = clone.guide(&["check", "stir"]).spawn().unwrap();
    wait_until("the compiler runs", || clone.compilers() > 0);
    guide.kill().unwrap();
    guide.wait().unwrap();
    wait_until("no compiler is left", || clone.compilers() == 0);
}

#[test]
fn one_unreadable_answer_leaves_the_others_usable() {
    let clone = Clone::new("unreadable");
    fs::create_dir_all(clone.path(COPY)).unwrap();
    clone.write("exercises/threads/taste.rs", "pub fn taste() -> u32 { 3 }");
    holds(&clone.run(&["list"]).expect(0), "! stir");
    holds(&clone.run(&["check"]).expect(1), "✓ taste");
    holds(&clone.run(&["reset", "stir", "--yes"]).stderr, "cannot be read");
}
