//! Holds a reduced search against one that leaves out nothing.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::AddAssign;

use interleave::{Explorer, FaultKind, Search};

use super::chance::Chance;
use super::program::{Diary, Program, Theme, run};

/// What the threads saw in a run, and how it ended.
type Outcome = (Vec<Vec<u64>>, Option<FaultKind>);

/// What was compared.
#[derive(Debug)]
pub(crate) enum Compared {
    /// The reference takes too many runs.
    TooLarge,
    /// Both searches find the same.
    Alike(Effort),
}

/// What it took to compare two searches, and through what sort of program.
#[derive(Debug, Default)]
pub(crate) struct Effort {
    /// The reference left out nothing at all.
    pub(crate) plain: u64,
    pub(crate) with_faults: u64,
    pub(crate) reduced_runs: u64,
    pub(crate) reference_runs: u64,
}

impl AddAssign for Effort {
    fn add_assign(&mut self, other: Effort) {
        self.plain += other.plain;
        self.with_faults += other.with_faults;
        self.reduced_runs += other.reduced_runs;
        self.reference_runs += other.reference_runs;
    }
}

/// All outcomes of a program, with the number of runs; `Err` if there are too many runs.
fn outcomes(
    explorer: &Explorer,
    search: Search,
    program: &Program,
) -> Result<(BTreeSet<Outcome>, u64), BTreeSet<Outcome>> {
    let diary = Diary::default();
    let (theirs, program) = (diary.clone(), program.clone());
    let mut outcomes = BTreeSet::new();
    let tell = |ending| {
        outcomes.insert((diary.lock().unwrap().clone(), ending));
    };
    match explorer.survey(search, move || run(&program, &theirs), tell) {
        Ok(runs) => Ok((outcomes, runs)),
        Err(_) => Err(outcomes),
    }
}

/// Compares the searches through the random program with this number. A reference of
/// more than `largest` runs is given up; the error tells what one search has found and the other has not.
pub(crate) fn first_difference(
    explorer: &Explorer,
    number: u64,
    largest: u64,
) -> Result<Compared, String> {
    let theme = Theme::ALL[number as usize % Theme::ALL.len()];
    let program = Program::random(&mut Chance::new(number), theme);
    let explorer = explorer.clone().spurious_wakes(usize::from(number % 8 == 2));
    // A plain search is the better judge, and affordable only for the smallest programs.
    let is_plain = number.is_multiple_of(6);
    let search = if is_plain { Search::Plain } else { Search::SleepSets };
    // The reference takes more runs than the reduced search, so many a program that is too large
    // for it is recognised early.
    let reduced = outcomes(&explorer.clone().max_runs(largest), Search::Reduced, &program);
    if reduced.as_ref().is_ok_and(|(_, runs)| *runs > largest / 4) {
        return Ok(Compared::TooLarge);
    }
    let reference = outcomes(&explorer.clone().max_runs(largest), search, &program);
    let Ok((expected, reference_runs)) = reference else {
        return Ok(Compared::TooLarge);
    };
    let describe = |what: &str, found: &BTreeSet<Outcome>| {
        let mut text = format!("program {number} ({theme:?}), {what}:{program:?}\n");
        for (name, difference) in
            [("missing", expected.difference(found)), ("extra", found.difference(&expected))]
        {
            for outcome in difference.take(3) {
                writeln!(text, "  {name}: {outcome:?}").expect("a string takes everything");
            }
        }
        text
    };
    match reduced {
        Err(found) => Err(describe("without an end", &found)),
        Ok((found, _)) if found != expected => Err(describe("with other outcomes", &found)),
        Ok((_, reduced_runs)) => {
            let with_faults = expected.iter().any(|(_, fault)| fault.is_some());
            Ok(Compared::Alike(Effort {
                plain: u64::from(is_plain),
                with_faults: u64::from(with_faults),
                reduced_runs,
                reference_runs,
            }))
        }
    }
}
