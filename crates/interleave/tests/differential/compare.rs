//! Holds a reduced search against one that leaves out nothing.

use std::collections::BTreeSet;
use std::fmt::Write;

use interleave::{Explorer, FaultKind, Search};

use super::chance::Chance;
use super::program::{Diary, Program, Theme, run};

/// What the threads saw in a run, and how it ended.
type Outcome = (Vec<Vec<u64>>, Option<FaultKind>);

/// What was compared.
pub struct Compared {
    pub is_plain: bool,
    pub has_faults: bool,
    pub reduced_runs: u64,
    pub reference_runs: u64,
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

/// Compares the searches through the random program with this number. `None` if the reference takes
/// more than `largest` runs; the error tells what one search has found and the other has not.
pub fn first_difference(
    explorer: &Explorer,
    number: u64,
    largest: u64,
) -> Result<Option<Compared>, String> {
    let theme = Theme::ALL[number as usize % Theme::ALL.len()];
    let program = Program::random(&mut Chance::new(number), theme);
    let explorer = explorer.clone().spurious_wakes(usize::from(number % 8 == 2));
    // A plain search is the better judge, and affordable only for the smallest programs.
    let is_plain = number % 6 == 0;
    let search = if is_plain { Search::Plain } else { Search::SleepSets };
    // The reference takes more runs than the reduced search, so many a program that is too large
    // for it is recognised early.
    let reduced = outcomes(&explorer.clone().max_runs(largest), Search::Reduced, &program);
    if reduced.as_ref().is_ok_and(|(_, runs)| *runs > largest / 4) {
        return Ok(None);
    }
    let reference = outcomes(&explorer.clone().max_runs(largest), search, &program);
    let Ok((expected, reference_runs)) = reference else { return Ok(None) };
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
            let has_faults = expected.iter().any(|(_, fault)| fault.is_some());
            Ok(Some(Compared { is_plain, has_faults, reduced_runs, reference_runs }))
        }
    }
}
