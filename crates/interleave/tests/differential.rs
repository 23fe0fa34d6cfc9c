//! Random programs: the reduced search finds exactly what a search that leaves out nothing finds.
//!
//! `PROGRAMS=100000 LARGEST=1000 cargo test -p interleave --test differential` takes a longer
//! look, through programs that take the plain search up to a thousand runs.

#[path = "differential/mod.rs"]
mod differential;

use std::env;
use std::process::{Command, Stdio};

use differential::compare::{Compared, Effort, first_difference};
use interleave::Explorer;

fn number_from(variable: &str, usual: u64) -> u64 {
    env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

/// Set in the processes that look at one half each.
const HALF: &str = "HALF";

/// A search uses one core, and there is one search a process. So two processes take half the time.
fn in_two_halves(first: u64, programs: u64) {
    let half = |first: u64, programs: u64| {
        let itself = env::current_exe().expect("a test knows where it lies");
        let mut command = Command::new(itself);
        command.arg("--nocapture").env(HALF, "yes").stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env("FIRST", first.to_string()).env("PROGRAMS", programs.to_string());
        command.spawn().expect("a test can be started again")
    };
    let halves = [half(first, programs / 2), half(first + programs / 2, programs - programs / 2)];
    for half in halves {
        let output = half.wait_with_output().expect("its output can be read");
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text);
        assert!(output.status.success(), "{text}");
        print!("{text}");
    }
}

#[test]
fn the_reduced_search_finds_what_the_plain_search_finds() {
    let (programs, first) = (number_from("PROGRAMS", 2_000), number_from("FIRST", 0));
    if env::var_os(HALF).is_none() {
        return in_two_halves(first, programs);
    }
    let largest = number_from("LARGEST", 40);
    let explorer = Explorer::new();
    let (mut compared, mut effort) = (0, Effort::default());
    for number in first..first + programs {
        match first_difference(&explorer, number, largest) {
            Err(difference) => panic!("{difference}"),
            Ok(Compared::TooLarge) => {}
            Ok(Compared::Alike(more)) => {
                compared += 1;
                effort += more;
            }
        }
    }
    println!("{compared} of {programs} programs: {effort:?}");
    assert!(compared * 2 > programs, "most programs are small enough");
}
