//! A watch at a real terminal: saves of all kinds, its keys, and how it leaves the terminal and the machine.
#![cfg(unix)]

mod clone;
mod session;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use clone::{COPY, Clone, answer, holds, wait_until};
use session::Session;

/// The last line of every page: when it is there, the page is whole.
const KEYS: &str = "[h]int · [l]ist · [s]olution · [p]lay · [r]un · [n]ext · [b]ack · [q]uit";

/// Says that it runs, and never ends.
const ENDLESS: &str =
    "std::fs::write(\"it_runs\", \"\").unwrap(); loop { std::hint::spin_loop(); }";

/// Longer than any test's patience: a run that ends before that was ended.
const WATCH: [&str; 3] = ["watch", "--limit", "600"];

/// A watch that has told its first verdict: the starter is unfinished.
fn watch(clone: &Clone) -> Session {
    first_verdict(Session::start(clone, &WATCH))
}

fn first_verdict(mut session: Session) -> Session {
    session.see("still has a todo!()");
    session.see(KEYS);
    session
}

/// Saves, and looks at an empty screen from then on.
fn save(session: &mut Session, clone: &Clone, text: &str) {
    session.wipe();
    clone.write(COPY, text);
}

fn save_endless(session: &mut Session, clone: &Clone) {
    save(session, clone, &answer(ENDLESS));
    wait_until("the answer runs", || clone.path("exercises/it_runs").exists());
}

fn leave(mut session: Session, key: &str) {
    session.press(key);
    assert_eq!(session.end(), Some(0));
    assert!(session.terminal_is_normal());
}

#[test]
fn every_save_gets_its_verdict_and_is_remembered() {
    let clone = Clone::new("watch-saves");
    let mut session = watch(&clone);
    save(&mut session, &clone, &answer("1"));
    session.see("the guest asked for three");
    save(&mut session, &clone, &answer("3"));
    session.see("passed, 1 of 1 tests");
    session.see("[n] goes on");
    session.see(KEYS);
    holds(&clone.run(&["list"]).expect(0), "✓ stir");
    save(&mut session, &clone, &answer("2"));
    session.see("three times it is");
    holds(&clone.run(&["list"]).expect(0), "✗ stir");
    leave(session, "q");
}

#[test]
fn a_syntax_error_is_shown_and_its_repair_is_judged() {
    let clone = Clone::new("watch-syntax");
    let mut session = watch(&clone);
    save(&mut session, &clone, "pub fn stir() -> u32 { 3");
    session.see("unclosed delimiter");
    session.see("does not compile");
    save(&mut session, &clone, &answer("3"));
    session.see("passed, 1 of 1 tests");
    leave(session, "q");
}

/// A Cargo that writes down what it is asked for.
fn talkative_cargo(clone: &Clone) -> std::path::PathBuf {
    let real = std::env::var("CARGO").expect("Cargo runs the tests");
    let (script, asked) = (clone.path("cargo"), clone.path("asked"));
    let text = format!("#!/bin/sh\necho \"$@\" >> '{}'\nexec '{real}' \"$@\"\n", asked.display());
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    script
}

#[test]
fn cargo_is_asked_again_only_when_more_than_the_answer_has_changed() {
    let clone = Clone::new("watch-cargo");
    let cargo = talkative_cargo(&clone);
    let asked = || clone.read("asked").lines().filter(|line| line.contains("--test stir")).count();
    let mut session = first_verdict(Session::prepared(&clone, &WATCH, |command| {
        _ = command.env("CARGO", &cargo)
    }));
    assert_eq!(asked(), 1);
    save(&mut session, &clone, &answer("soup"));
    session.see("cannot find value `soup`");
    save(&mut session, &clone, &answer("3"));
    session.see("passed, 1 of 1 tests");
    assert_eq!(asked(), 1, "Cargo has said how, once");

    let another = fs::File::open(clone.path("target/debug/.cargo-lock")).unwrap();
    another.lock().unwrap();
    save(&mut session, &clone, &answer("2"));
    wait_until("Cargo is asked", || asked() == 2);
    another.unlock().unwrap();
    session.see("three times it is");

    let judge = "exercises/tests/stir.rs";
    clone.write(judge, &clone.read(judge).replace("3, \"", "4, \""));
    save(&mut session, &clone, &answer("4"));
    session.see("passed, 1 of 1 tests");
    assert!(asked() > 2, "the judge has changed");

    let so_far = asked();
    fs::remove_dir_all(clone.path("target/debug")).unwrap();
    save(&mut session, &clone, &answer("5"));
    session.see("three times it is");
    assert!(asked() > so_far, "what had been built was gone");
    leave(session, "q");
}

#[test]
fn a_verdict_longer_than_the_screen_repeats_its_first_line_above_the_keys() {
    let clone = Clone::new("watch-long");
    let mut session = watch(&clone);
    save(&mut session, &clone, &answer("panic!(\"{}\", \"spoon\\n\".repeat(60))"));
    session.see("  spoon\n  at exercises/threads/stir.rs:");
    session.see(&format!("\n\n✗ stir: three times it is\n{KEYS}"));
    leave(session, "q");
}

#[test]
fn a_save_during_a_run_ends_it_and_the_newest_text_is_judged() {
    let clone = Clone::new("watch-endless");
    let mut session = watch(&clone);
    save_endless(&mut session, &clone);
    save(&mut session, &clone, &answer("3"));
    session.see("passed, 1 of 1 tests");
    #[cfg(target_os = "linux")]
    assert!(clone.programs().is_empty(), "left running: {:?}", clone.programs());
    leave(session, "q");
}

#[test]
#[cfg(target_os = "linux")]
fn a_save_while_the_compiler_is_at_work_ends_the_compiler() {
    let clone = Clone::new("watch-compiling");
    let mut session = watch(&clone);
    save(&mut session, &clone, &clone::endless_to_compile());
    wait_until("the compiler runs", || clone.compilers() > 0);
    save(&mut session, &clone, &answer("3"));
    session.see("passed, 1 of 1 tests");
    assert_eq!(clone.compilers(), 0);
    leave(session, "q");
}

#[test]
fn in_a_storm_of_saves_the_last_one_counts() {
    let clone = Clone::new("watch-storm");
    let mut session = watch(&clone);
    session.wipe();
    // All of the same length, and faster than a file system's clock.
    for spoons in (4..=9).cycle().take(600) {
        clone.write(COPY, &answer(&spoons.to_string()));
    }
    clone.write(COPY, &answer("3"));
    session.see("passed, 1 of 1 tests");
    leave(session, "q");
}

#[test]
fn a_file_put_in_place_of_the_old_one_is_a_save() {
    let clone = Clone::new("watch-rename");
    let mut session = watch(&clone);
    for (body, verdict) in [("1", "the guest asked for three"), ("3", "passed, 1 of 1 tests")] {
        session.wipe();
        clone.write("exercises/threads/.stir.rs.new", &answer(body));
        fs::rename(clone.path("exercises/threads/.stir.rs.new"), clone.path(COPY)).unwrap();
        session.see(verdict);
    }
    leave(session, "q");
}

#[test]
fn a_file_that_is_gone_is_missed_and_welcomed_back() {
    let clone = Clone::new("watch-gone");
    let mut session = watch(&clone);
    save(&mut session, &clone, &answer("3"));
    session.see("passed, 1 of 1 tests");
    session.wipe();
    fs::rename(clone.path(COPY), clone.path("elsewhere.rs")).unwrap();
    session.see("exercises/threads/stir.rs is gone");
    session.see(KEYS);
    session.wipe();
    fs::rename(clone.path("elsewhere.rs"), clone.path(COPY)).unwrap();
    session.see("passed, 1 of 1 tests");
    session.wipe();
    fs::remove_file(clone.path(COPY)).unwrap();
    session.see("press [r] for a fresh start");
    session.see(KEYS);
    session.press("r");
    session.see("still has a todo!()");
    assert_eq!(clone.read(COPY), clone.read("exercises/starters/threads/stir.rs"));
    session.wipe();
    fs::remove_file(clone.path(COPY)).unwrap();
    fs::create_dir(clone.path(COPY)).unwrap();
    session.see("cannot be read");
    leave(session, "q");
}

#[test]
fn an_emptied_file_is_not_judged_before_its_text_comes() {
    let clone = Clone::new("watch-empty");
    let mut session = watch(&clone);
    save(&mut session, &clone, "");
    session.see("exercises/threads/stir.rs is empty");
    save(&mut session, &clone, &answer("3"));
    session.see("passed, 1 of 1 tests");
    leave(session, "q");
}

#[test]
fn the_keys_do_what_the_last_line_says() {
    let clone = Clone::new("watch-keys");
    let mut session = watch(&clone);
    session.press("h");
    session.see("Nudge");
    session.see("[h] shows one more, of 2");
    session.press("h");
    session.see("Closer");
    session.press("h");
    session.see("That is the last hint");
    session.press(" ");
    session.see("still has a todo!()");
    session.press("l");
    session.see("→ · stir");
    session.see("exercises 0 of 2");
    session.press("s");
    session.see("Show its solution anyway?");
    session.press(" ");
    session.see("still has a todo!()");
    session.press("s");
    session.see("[y] shows it");
    session.press("y");
    session.see("Three times, as asked");
    session.see("Why not this?");
    session.press("r");
    session.see("still has a todo!()");
    session.press("n");
    session.see("Exercise 2 of 2");
    session.see("taste: still has a todo!()");
    session.press("n");
    session.see("This is the last exercise.");
    session.press("b");
    session.see("Exercise 1 of 2");
    session.see("stir: still has a todo!()");
    leave(session, "q");
}

#[test]
fn what_is_read_meanwhile_is_not_taken_away_by_a_verdict() {
    let clone = Clone::new("watch-meanwhile");
    let mut session = watch(&clone);
    let until_served = "std::fs::write(\"it_runs\", \"\").unwrap();
        while !std::path::Path::new(\"served\").exists() { std::thread::yield_now(); } 3";
    save(&mut session, &clone, &answer(until_served));
    wait_until("the answer runs", || clone.path("exercises/it_runs").exists());
    session.press("h");
    session.see("Nudge");
    session.see("Judging");
    clone.write("exercises/served", "");
    session.see("The verdict is there: [space]");
    assert!(session.screen.screen().contents().contains("Nudge"));
    session.press(" ");
    session.see("passed, 1 of 1 tests");
    leave(session, "q");
}

#[test]
fn a_resize_draws_the_page_again() {
    let clone = Clone::new("watch-resize");
    let mut session = watch(&clone);
    for rows in [12, 40] {
        session.wipe();
        session.resize(rows, 100);
        session.see("still has a todo!()");
        session.see(KEYS);
    }
    leave(session, "q");
}

#[test]
fn leaving_during_a_run_leaves_nothing_behind() {
    let clone = Clone::new("watch-leaving");
    for key in ["\x03", "q", "\x04"] {
        let mut session = Session::start(&clone, &["watch", "stir", "--limit", "600"]);
        session.see(KEYS);
        save_endless(&mut session, &clone);
        leave(session, key);
        #[cfg(target_os = "linux")]
        assert!(clone.programs().is_empty(), "after {key:?}: {:?}", clone.programs());
        fs::remove_file(clone.path("exercises/it_runs")).unwrap();
    }
}

#[test]
fn suspended_it_gives_the_terminal_back_and_continued_it_goes_on() {
    let clone = Clone::new("watch-suspend");
    // A shell with job control, as a person has one.
    let script = format!(
        "set -m; '{}' watch; echo the shell is back; read line; fg; echo ended with $?",
        clone::GUIDE
    );
    let mut session = Session::seat(&clone, "sh", &["-c", &script]);
    session.see("still has a todo!()");
    assert!(!session.terminal_is_normal());
    session.press("\x1a");
    session.see("the shell is back");
    assert!(session.terminal_is_normal());
    clone.write(COPY, &answer("3"));
    session.press("\r");
    session.see("passed, 1 of 1 tests");
    session.see(KEYS);
    assert!(!session.terminal_is_normal());
    session.press("q");
    session.see("ended with 0");
    assert_eq!(session.end(), Some(0));
    assert!(session.terminal_is_normal());
}

#[test]
fn plain_wipes_nothing_and_needs_a_terminal_for_its_keys_all_the_same() {
    let clone = Clone::new("watch-plain");
    holds(&clone.run(&["watch"]).stderr, "cargo xtask check");
    let mut session = Session::start(&clone, &["watch", "--plain"]);
    session.see("still has a todo!()");
    let pages = session.screen.screen().contents().matches("Exercise 1 of 2").count();
    assert_eq!(pages, 2, "one before the verdict and one with it");
    leave(session, "q");
}
