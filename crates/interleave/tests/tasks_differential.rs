//! Random programs of tasks: the reduced search finds exactly what a search that leaves out nothing finds.

#[path = "differential/chance.rs"]
mod chance;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use chance::Chance;
use interleave::sync::atomic::{AtomicU64, Ordering::SeqCst};
use interleave::tasks::{self, yield_now};
use interleave::{Explorer, FaultKind, Flaw, Search};
use tokio::sync::{Notify, Semaphore};

/// One statement of a task.
#[derive(Clone, Copy, Debug)]
enum Statement {
    Load(usize),
    Add(usize),
    Yield,
    /// Takes a permit and keeps it to the end.
    Acquire(usize),
    GiveBack,
    Notify,
    Notified,
}

#[derive(Clone, Debug)]
struct Program {
    tasks: Vec<(Vec<Statement>, bool)>,
}

/// What each task has seen; the last word of one that came to its end is 99.
type Diary = Arc<Mutex<Vec<Vec<u64>>>>;

impl Program {
    fn random(chance: &mut Chance) -> Self {
        let statement = |chance: &mut Chance| match chance.below(9) {
            0 | 1 => Statement::Load(chance.below(2)),
            2 | 3 => Statement::Add(chance.below(2)),
            4 | 5 => Statement::Yield,
            6 => Statement::Acquire(chance.below(2)),
            7 => Statement::GiveBack,
            _ if chance.below(2) == 0 => Statement::Notify,
            _ => Statement::Notified,
        };
        let task = |chance: &mut Chance| {
            let length = chance.one_of(&[1, 2, 2, 3]);
            ((0..length).map(|_| statement(chance)).collect(), chance.below(5) == 0)
        };
        let count = 2 + chance.below(2);
        Program { tasks: (0..count).map(|_| task(chance)).collect() }
    }

    fn run(&self, diary: &Diary) {
        *diary.lock().unwrap() = vec![vec![]; self.tasks.len()];
        let shared = Arc::new(Shared::default());
        let handles: Vec<_> = self
            .tasks
            .iter()
            .enumerate()
            .map(|(me, (statements, may_be_dropped))| {
                let life = live(me, statements.clone(), Arc::clone(&shared), Arc::clone(diary));
                if *may_be_dropped {
                    tasks::spawn_cancellable(life)
                } else {
                    tasks::spawn(async move {
                        life.await;
                        Some(())
                    })
                }
            })
            .collect();
        handles.into_iter().for_each(|handle| drop(handle.join()));
    }
}

struct Shared {
    variables: [AtomicU64; 2],
    permits: [Semaphore; 2],
    bell: Notify,
}

impl Default for Shared {
    fn default() -> Self {
        let permits = [(); 2].map(|()| Semaphore::new(1));
        Shared { variables: Default::default(), permits, bell: Notify::new() }
    }
}

async fn live(me: usize, statements: Vec<Statement>, shared: Arc<Shared>, diary: Diary) {
    let note = |value| diary.lock().unwrap()[me].push(value);
    let mut held = vec![];
    for statement in statements {
        match statement {
            Statement::Load(variable) => note(shared.variables[variable].load(SeqCst)),
            Statement::Add(variable) => note(shared.variables[variable].fetch_add(1, SeqCst)),
            Statement::Yield => yield_now().await,
            Statement::Acquire(permit) => {
                held.push(shared.permits[permit].acquire().await.unwrap());
            }
            Statement::GiveBack => drop(held.pop()),
            Statement::Notify => shared.bell.notify_one(),
            Statement::Notified => shared.bell.notified().await,
        }
    }
    note(99);
}

type Outcome = (Vec<Vec<u64>>, Option<FaultKind>);

fn outcomes(
    explorer: &Explorer,
    search: Search,
    program: &Program,
    most: u64,
) -> Option<(BTreeSet<Outcome>, u64)> {
    let diary = Diary::default();
    let (theirs, program) = (Arc::clone(&diary), program.clone());
    let mut outcomes = BTreeSet::new();
    let tell = |ending| {
        outcomes.insert((diary.lock().unwrap().clone(), ending));
    };
    let explorer = explorer.clone().max_runs(most);
    let runs = explorer.survey(search, move || program.run(&theirs), tell).ok()?;
    Some((outcomes, runs))
}

/// Compares the searches through the random program with this number: how many runs each took, `None` if
/// the plain one would take too many. The error tells the program.
fn compare(explorer: &Explorer, number: u64) -> Result<Option<(u64, u64)>, String> {
    let program = Program::random(&mut Chance::new(number));
    let Some((expected, plain)) = outcomes(&Explorer::new(), Search::Plain, &program, 120) else {
        return Ok(None);
    };
    match outcomes(explorer, Search::Reduced, &program, 1_200) {
        Some((found, reduced)) if found == expected => Ok(Some((reduced, plain))),
        _ => Err(format!("program {number}: {program:?}")),
    }
}

#[test]
fn the_reduced_search_finds_what_the_plain_search_finds() {
    let programs = std::env::var("PROGRAMS").map_or(120, |text| text.parse().expect("a number"));
    let (mut compared, mut runs) = (0, (0, 0));
    for number in 0..programs {
        if let Some((reduced, plain)) = compare(&Explorer::new(), number).unwrap() {
            compared += 1;
            runs = (runs.0 + reduced, runs.1 + plain);
        }
    }
    println!("{compared} of {programs} programs: {} runs instead of {}", runs.0, runs.1);
    assert!(compared * 3 > programs, "enough programs are small enough");
}

/// How many random programs a mistake may survive.
const PROGRAMS: u64 = 200;

fn is_noticed(flaw: Flaw) {
    let spoilt = Explorer::new().spoil(flaw);
    let difference = (0..PROGRAMS).find_map(|number| compare(&spoilt, number).err());
    println!("{flaw:?}: {}", difference.unwrap_or_else(|| panic!("{flaw:?} was not noticed")));
}

#[test]
fn turns_taken_for_independent_are_noticed() {
    is_noticed(Flaw::ForgetTurns);
}

#[test]
fn a_race_of_tasks_that_is_skipped_is_noticed() {
    is_noticed(Flaw::SkipARace);
}

#[test]
fn tasks_that_sleep_in_the_search_and_never_wake_are_noticed() {
    is_noticed(Flaw::NeverWakeSleepers);
}
