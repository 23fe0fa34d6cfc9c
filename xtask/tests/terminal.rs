//! The guide at a real terminal: keys, colours, the screen a person sees, and how it is left behind.
#![cfg(unix)]

mod clone;
mod session;

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use clone::Clone;
use session::{COLUMNS, Session};

#[test]
fn a_lesson_asks_runs_scores_and_remembers() {
    let clone = Clone::new("walk");
    let mut session = Session::start(&clone, &["lesson", "1"]);
    session.see("[space] go on");
    session.press(" ");
    session.see("[a-c] your answer");
    session.press("b");
    session.see("because");
    session.press("spoons wear out\r");
    session.see("soup is ready");
    session.see("You said b) and were right.");
    session.see("Your reason was: spoons wear out");
    session.see("[r] run again");
    session.press("r");
    session.see("[r] run again");
    session.press(" ");
    session.see("[space] go on");
    session.press("  ");
    session.see("Knobs to run it with");
    session.press("--spoons 1\r");
    session.see("-- --spoons 1");
    session.see("Knobs to run it with");
    session.press("\r");
    session.see("cargo xtask check stir");
    assert_eq!(session.end(), Some(0));
    assert!(session.terminal_is_normal());
    assert!(clone.read("progress.jsonl").contains("spoons wear out"));
}

#[test]
fn a_text_longer_than_the_screen_comes_a_screenful_at_a_time() {
    let clone = Clone::new("screenfuls");
    let page = "tutorial/src/threads/soup.md";
    let long = "## The idea\n\n".to_owned() + &"Salt.\n\n".repeat(12) + "Pepper.\n\n";
    clone.write(page, &clone.read(page).replacen("## The idea\n", &long, 1));
    let mut session = Session::start(&clone, &["lesson", "1"]);
    session.see("Lesson 1 of");
    session.see("[space] more · [q] leave");
    session.press(" ");
    session.see("Pepper.");
    session.see("[space] go on");
    session.press("q");
    session.see("Left before the end");
    let mut session = Session::start(&clone, &["lesson", "1"]);
    session.see("[space] more · [q] leave");
    session.press("q");
    session.see("Left before the end");
    assert_eq!(session.end(), Some(0));
}

#[test]
fn leaving_with_ctrl_c_leaves_the_terminal_as_it_was() {
    let clone = Clone::new("leaving");
    for keys in ["\x03", "q", "\x04", "\x1b"] {
        let mut session = Session::start(&clone, &["lesson", "1"]);
        session.see("[space] go on");
        session.press(keys);
        session.see("Left before the end");
        assert_eq!(session.end(), Some(0));
        assert!(session.terminal_is_normal(), "after {keys:?}");
    }
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    let clone = Clone::new("signals");
    let mut session = Session::start(&clone, &["lesson", "1"]);
    session.see("[space] go on");
    assert!(!session.terminal_is_normal());
    // Not INT or HUP: whoever runs the tests in the background may have them ignored.
    let id = session.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
    assert_eq!(session.child.wait().expect("the guide ends").signal(), Some(15));
    assert!(session.terminal_is_normal());
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_typed_while_a_program_runs_is_not_shown_and_means_nothing() {
    let clone = Clone::new("unasked");
    let program = "crates/threads/examples/soup.rs";
    // Ends when somebody says so.
    let soup = clone.read(program).replace(
        "println!(\"soup is ready\");",
        "println!(\"soup is on the fire\");
         while !std::path::Path::new(\"served\").exists() { std::thread::yield_now(); }",
    );
    clone.write(program, &soup);
    let mut session = Session::start(&clone, &["lesson", "1"]);
    session.see("[space] go on");
    session.press(" ");
    session.see("[a-c] your answer");
    session.press("s");
    session.see("soup is on the fire");
    session.press_unasked("unasked \x04q");
    clone.write("served", "");
    session.see("[r] run again");
    assert!(!session.screen.screen().contents().contains("unasked"));
    // Had the space, the Ctrl-D or the q counted, nobody would be there to go on.
    session.press(" ");
    session.see("[space] go on");
    session.press("q");
    session.see("Left before the end");
    assert_eq!(session.end(), Some(0));
    assert!(session.terminal_is_normal());
}

#[test]
fn the_end_of_input_never_loops() {
    let clone = Clone::new("end-of-input");
    let mut session = Session::start(&clone, &["reset", "--all"]);
    session.see("Nothing to reset");
    session.end();
    clone.write("exercises/threads/stir.rs", "// mine\n");
    let mut session = Session::start(&clone, &["reset", "--all"]);
    session.see("[y/N]");
    session.press("\x04");
    session.see("Nothing was reset");
    assert_eq!(session.end(), Some(1));
    assert_eq!(clone.read("exercises/threads/stir.rs"), "// mine\n");
}

/// A demo's line of keys; a program that ran has ended when it is there.
const KEYS: &str = "[space] on · [b] back · [r] run · [+-] knob · [t] tell · [n] notes · [q] leave";

#[test]
fn in_a_demo_the_knob_changes_the_picture() {
    let clone = Clone::new("demo");
    let mut session = Session::start(&clone, &["demo", "1"]);
    session.see("One pot, two cooks");
    session.see("0 of 5 min");
    session.press(" ");
    session.see("How many spoons");
    session.press(" ");
    session.see("soup is ready");
    session.see("its default");
    session.see(KEYS);
    let mut rows = session.screen.screen().rows(0, COLUMNS.get());
    assert!(rows.any(|row| row == KEYS), "the line of keys is broken");
    drop(rows);
    session.press("+");
    session.see("-- --spoons 1");
    session.see("--spoons 1 · ");
    session.see(KEYS);
    session.press("+");
    session.see("-- --spoons 2");
    session.see(KEYS);
    session.press("-");
    session.see("--spoons 1 · ");
    session.see(KEYS);
    session.press("n");
    session.see("Keep: stir");
    session.press("t");
    session.see("so the answer is");
    session.press("b");
    session.see("How many spoons");
    session.press("q");
    assert_eq!(session.end(), Some(0));
    assert!(session.terminal_is_normal());
}

#[test]
fn in_a_demo_a_long_text_comes_a_screen_at_a_time() {
    let clone = Clone::new("long");
    let page = "tutorial/src/threads/soup.md";
    let spoons: String = (1..=12).map(|spoon| format!("\n\nSpoon {spoon}.\n")).collect();
    let text = clone.read(page);
    let idea = text.lines().find(|line| line.contains("One pot, two cooks")).expect("its idea");
    clone.write(page, &text.replace(idea, &format!("{idea}{spoons}")));
    let mut session = Session::start(&clone, &["demo", "1"]);
    session.see("One pot");
    session.see("↓ more");
    session.see(KEYS);
    assert!(!session.screen.screen().contents().contains("Spoon 12"), "it fits one screen");
    session.press(" ");
    session.see("Spoon 12.");
    session.see(KEYS);
    assert!(!session.screen.screen().contents().contains("↓ more"), "there is more");
    session.press("b");
    session.see("One pot");
    session.see(KEYS);
    session.press("  ");
    session.see("How many spoons");
    session.press("q");
    assert_eq!(session.end(), Some(0));
}

#[test]
fn a_solution_shows_one_wrong_answer_at_a_time() {
    let clone = Clone::new("why-not");
    let twice = "//! Believes: twice is plenty.\n//! Rejected by: three_times_it_is\n\npub fn stir() -> u32 {\n    2\n}\n";
    clone.write("solutions/threads/stir/wrong/twice.rs", twice);
    let mut session = Session::start(&clone, &["solution", "stir", "--yes"]);
    session.see("once is enough");
    session.see("left: 1");
    session.see("[space] go on");
    assert!(!session.screen.screen().contents().contains("twice is plenty"));
    session.press(" ");
    session.see("twice is plenty");
    session.see("left: 2");
    assert_eq!(session.end(), Some(0));
    assert!(session.terminal_is_normal());
}

#[test]
fn plain_means_plain_even_at_a_terminal() {
    let clone = Clone::new("plain");
    let mut session = Session::start(&clone, &["lesson", "1", "--plain"]);
    session.see("cargo xtask check stir");
    assert_eq!(session.end(), Some(0));
}

#[test]
fn what_comes_next_fits_a_terminal_of_80_columns() {
    let clone = Clone::new("next");
    let page = "tutorial/src/threads/soup.md";
    let long = format!("A lesson about {}soup.", "very good ".repeat(20));
    clone.write(page, &clone.read(page).replace("A lesson about soup.", &long));
    let text = clone.run(&["next"]).expect(0);
    assert!(text.lines().all(|line| line.chars().count() <= 78), "{text}");
    clone::holds(&text, "very good soup.");
}
