//! Searches spoiled on purpose: the tests of this crate tell each of them from a sound one.

#[path = "differential/mod.rs"]
mod differential;

use differential::compare::first_difference;
use interleave::{Explorer, Flaw};

/// How many random programs a mistake may survive.
const PROGRAMS: u64 = 4_000;

fn is_noticed(flaw: Flaw) {
    let spoiled = Explorer::new().max_runs(5_000).spoil(flaw);
    let found = (0..PROGRAMS).find_map(|number| first_difference(&spoiled, number).err());
    let difference = found.unwrap_or_else(|| panic!("{flaw:?} was not noticed"));
    println!("{flaw:?} is noticed at {difference}");
}

#[test]
fn sleepers_that_never_wake_are_noticed() {
    is_noticed(Flaw::NeverWakeSleepers);
}

#[test]
fn a_race_that_is_skipped_is_noticed() {
    is_noticed(Flaw::SkipARace);
}

#[test]
fn forgotten_initials_are_noticed() {
    is_noticed(Flaw::ForgetInitials);
}

#[test]
fn threads_that_are_stuck_and_ignored_are_noticed() {
    is_noticed(Flaw::IgnoreTheStuck);
}

#[test]
fn sleepers_left_lying_are_noticed() {
    is_noticed(Flaw::LetSleepersLie);
}

#[test]
fn forgotten_reads_are_noticed() {
    is_noticed(Flaw::ForgetReads);
}

#[test]
fn releases_taken_for_races_are_noticed() {
    is_noticed(Flaw::TurnRoundReleases);
}
