//! Random programs: the reduced search finds exactly what a search that leaves out nothing finds.
//!
//! `PROGRAMS=100000 LARGEST=1000 cargo test -p interleave --test differential` takes a longer
//! look, through programs that take the plain search up to a thousand runs.

#[path = "differential/mod.rs"]
mod differential;

use std::env;

use differential::compare::{Compared, Effort, first_difference};
use interleave::Explorer;

fn number_from(variable: &str, usual: u64) -> u64 {
    env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

#[test]
fn the_reduced_search_finds_what_the_plain_search_finds() {
    let (programs, first) = (number_from("PROGRAMS", 2_000), number_from("FIRST", 0));
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
