//! Random programs: the reduced search finds exactly what a search that leaves out nothing finds.
//!
//! `PROGRAMS=100000 cargo test -p interleave --test differential` for a longer look.

#[path = "differential/chance.rs"]
mod chance;
#[path = "differential/program.rs"]
mod program;

use std::collections::BTreeSet;

use chance::Chance;
use interleave::{Explorer, FaultKind, Search};
use program::{Diary, Program, Theme, run};

/// What the threads saw in a run, and how it ended.
type Outcome = (Vec<Vec<u64>>, Option<FaultKind>);

/// All outcomes of a program, with the number of runs; `None` if there are too many runs.
fn outcomes(explorer: &Explorer, search: Search, program: &Program) -> Option<(BTreeSet<Outcome>, u64)> {
    let diary = Diary::default();
    let (theirs, program) = (diary.clone(), program.clone());
    let mut outcomes = BTreeSet::new();
    let tell = |ending| {
        outcomes.insert((diary.lock().unwrap().clone(), ending));
    };
    let runs = explorer.survey(search, move || run(&program, &theirs), tell).ok()?;
    Some((outcomes, runs))
}

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

fn compare(explorer: &Explorer, number: u64, theme: Theme, tally: &mut Tally) {
    let program = Program::random(&mut Chance::new(number), theme);
    // A plain search is the better judge, and affordable only for the smallest programs.
    let plain = outcomes(&explorer.clone().max_runs(100), Search::Plain, &program);
    let is_plain = plain.is_some();
    let reference = plain
        .or_else(|| outcomes(&explorer.clone().max_runs(300), Search::SleepSets, &program));
    let Some((expected, runs)) = reference else {
        tally.too_large += 1;
        return;
    };
    let reduced = outcomes(explorer, Search::Reduced, &program);
    let (found, reduced_runs) = reduced.expect("a reduced search is no longer than a plain one");
    let missing: Vec<_> = expected.difference(&found).collect();
    let extra: Vec<_> = found.difference(&expected).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "program {number} ({theme:?}):{program:?}\n  missing: {missing:?}\n  extra: {extra:?}"
    );
    tally.programs += 1;
    tally.plain += u64::from(is_plain);
    tally.with_faults += u64::from(expected.iter().any(|(_, fault)| fault.is_some()));
    tally.reduced_runs += reduced_runs;
    tally.reference_runs += runs;
}

#[test]
fn the_reduced_search_finds_what_the_plain_search_finds() {
    let programs = std::env::var("PROGRAMS").ok().and_then(|text| text.parse().ok()).unwrap_or(400);
    let first: u64 = std::env::var("FIRST").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let explorer = Explorer::new();
    let mut tally = Tally::default();
    for number in first..first + programs {
        let theme = [Theme::Locks, Theme::Memory, Theme::Sleep, Theme::Everything];
        compare(&explorer, number, theme[number as usize % 4], &mut tally);
    }
    println!("{tally:?}");
    assert!(tally.programs * 2 > programs, "most programs are small enough: {tally:?}");
}
