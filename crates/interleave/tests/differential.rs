//! Random programs: the reduced search finds exactly what a search that leaves out nothing finds.
//!
//! `PROGRAMS=100000 LARGEST=1000 cargo test -p interleave --test differential` takes a longer
//! look, through programs that take the plain search up to a thousand runs.

#[path = "differential/mod.rs"]
mod differential;

use std::env;

use differential::compare::first_difference;
use interleave::Explorer;

/// How much was compared.
#[derive(Debug, Default)]
struct Tally {
    programs: u64,
    plain: u64,
    with_faults: u64,
    too_large: u64,
    reduced_runs: u64,
    reference_runs: u64,
}

fn number_from(variable: &str, usual: u64) -> u64 {
    env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

#[test]
fn the_reduced_search_finds_what_the_plain_search_finds() {
    let (programs, first) = (number_from("PROGRAMS", 2_000), number_from("FIRST", 0));
    let largest = number_from("LARGEST", 40);
    let explorer = Explorer::new();
    let mut tally = Tally::default();
    for number in first..first + programs {
        let compared = first_difference(&explorer, number, largest);
        let Some(compared) = compared.unwrap_or_else(|difference| panic!("{difference}")) else {
            tally.too_large += 1;
            continue;
        };
        tally.programs += 1;
        tally.plain += u64::from(compared.is_plain);
        tally.with_faults += u64::from(compared.has_faults);
        tally.reduced_runs += compared.reduced_runs;
        tally.reference_runs += compared.reference_runs;
    }
    println!("{tally:?}");
    assert!(tally.programs * 2 > programs, "most programs are small enough: {tally:?}");
}
