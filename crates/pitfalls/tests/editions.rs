//! Which ways to take a lock twice stand still, in the edition of 2021 and in that of 2024: compiled, run, watched.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{fs, thread};

/// The ways as the lesson shows them, over the standard library, and a `main` that goes one of them.
fn program() -> String {
    let ways = include_str!("../src/lock_twice.rs").replace("interleave::sync", "std::sync");
    let ways = ways.split("#[cfg(test)]").next().expect("it is there, with tests or without");
    let main = r#"
        #[allow(dead_code)]
        fn main() {
            let way = std::env::args().nth(1).unwrap();
            println!("{way}");
            let (_, way) = TEMPORARIES.into_iter().find(|(name, _)| *name == way).unwrap();
            way(&Pass::default());
        }
    "#;
    format!("{ways}{main}")
}

fn compile(edition: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (source, program_file) = (
        folder.join(format!("lock_twice_{edition}.rs")),
        folder.join(format!("lock_twice_{edition}{}", env::consts::EXE_SUFFIX)),
    );
    fs::write(&source, program()).unwrap();
    let compiled = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition", edition, "--cap-lints", "allow", "-o"])
        .args([&program_file, &source])
        .status()
        .unwrap();
    assert!(compiled.success(), "{} does not compile", source.display());
    program_file
}

/// Starts it, waits until it has begun, and says whether what we expect of it holds.
fn goes_as(program: &Path, way: &str, stands_still: bool) -> bool {
    let started = Command::new(program).arg(way).stdout(Stdio::piped()).spawn();
    let mut child = started.unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim_end(), way, "it says which way it goes, and goes it");
    if !stands_still {
        return child.wait().unwrap().success();
    }
    // A child that is stuck is still there after any while; one that is not needs no time at all.
    thread::sleep(Duration::from_millis(300));
    let still_there = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    still_there
}

#[test]
fn a_guard_in_an_if_let_lives_into_the_else_in_edition_2021_only_and_in_a_match_always() {
    for (edition, else_hangs) in [("2021", true), ("2024", false)] {
        let program = compile(edition);
        for (way, hangs) in [
            ("one_statement", true),
            ("match_arm", true),
            ("if_let_else", else_hangs),
            ("let_first", false),
        ] {
            assert!(goes_as(&program, way, hangs), "{way}, edition {edition}: hangs is {hangs}");
        }
    }
}
