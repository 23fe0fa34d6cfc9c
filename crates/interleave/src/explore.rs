//! Goes through the runs of a program, and stops at the first that fails.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::actor::Budget;
use crate::bounded::Bounded;
use crate::execute::{Body, Finished, execute};
use crate::fault::{Fault, FaultKind};
use crate::model;
use crate::panics;
use crate::place::Place;
use crate::play;
use crate::record::fault_of;
use crate::reduced::Reduced;
use crate::report::Report;
use crate::run::{Ending, Limits};
use crate::script::Script;
use crate::strategy::Strategy;

/// One exploration at a time: a static can only belong to one run.
static TURN: Mutex<()> = Mutex::new(());

/// Explores the runs of a program.
///
/// ```
/// use interleave::sync::{Arc, Mutex};
///
/// let report = interleave::Explorer::new().max_runs(1_000).explore(|| {
///     let till = Arc::new(Mutex::new(0));
///     let cook = interleave::thread::spawn({
///         let till = Arc::clone(&till);
///         move || *till.lock().unwrap() += 1
///     });
///     *till.lock().unwrap() += 1;
///     cook.join().unwrap();
///     assert_eq!(*till.lock().unwrap(), 2);
/// });
/// assert_eq!(report.to_string(), "2 interleavings, that is all of them");
/// ```
#[derive(Clone, Debug)]
pub struct Explorer {
    pub(crate) max_runs: u64,
    pub(crate) limits: Limits,
}

/// Ways of going through all runs.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// Leaves out what cannot matter: what [`Explorer::explore`] does.
    Reduced,
    /// Tries every thread at every step, and leaves out what sleep sets rule out. Knows nothing of loops.
    SleepSets,
    /// Leaves out nothing. Knows nothing of loops.
    Plain,
}

/// Mistakes a search can make, to show that the tests of this crate would notice.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Threads fall asleep and never wake.
    NeverWakeSleepers,
    /// The earliest race of each operation is not turned round.
    SkipARace,
    /// Whether another thread could begin the turned run is not asked.
    ForgetInitials,
    /// Races of threads that are stuck are not turned round.
    IgnoreTheStuck,
    /// Races of threads that are stuck are turned round only if all threads are.
    IgnoreTheBlocked,
    /// A step forgets which reads it comes after.
    ForgetReads,
    /// Releasing a lock is taken for something that could come after taking it again.
    TurnRoundReleases,
    /// Turns of different tasks are taken for independent.
    ForgetTurns,
    /// A loop that gives up gets its news at the first looks, or after the last.
    ForgetCountedLooks,
}

const NOT_THIS_PROGRAM: &str = "this is no schedule of this program: it belongs to another text of it, or to other \
                                settings of the explorer; `check` finds a new one";

/// Takes the turn to explore.
pub(crate) fn begin() -> MutexGuard<'static, ()> {
    assert!(
        !model::is_inside(),
        "interleave: an exploration cannot be started inside another; explore the parts apart"
    );
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    panics::install();
    turn
}

/// Says every second that a search goes on: whoever waits would take it for a program that stands still.
fn say_that_it_goes_on() -> impl FnMut(u64) {
    let mut last = Instant::now();
    move |runs| {
        if last.elapsed() >= Duration::from_secs(1) {
            last = Instant::now();
            let thread = std::thread::current();
            let name = thread.name().unwrap_or("a thread");
            eprintln!("{name} goes on searching: {runs} interleavings so far, and none goes wrong");
        }
    }
}

impl Default for Explorer {
    fn default() -> Self {
        Explorer::new()
    }
}

impl Explorer {
    /// An explorer that makes at most 100,000 runs of at most 5,000 steps.
    pub fn new() -> Self {
        let limits = Limits {
            steps: 5_000,
            idle_looks: 1_000,
            spurious_wakes: 0,
            budget: Budget { early_timeouts: 1, weak_failures: 1 },
            keeps_log: false,
            stops_at_panic: true,
            sees_loops: true,
            flaw: None,
        };
        Explorer { max_runs: 100_000, limits }
    }

    /// Stops after so many runs.
    pub fn max_runs(mut self, runs: u64) -> Self {
        self.max_runs = runs;
        self
    }

    /// Takes a run of so many steps for an endless one.
    pub fn max_steps(mut self, steps: usize) -> Self {
        self.limits.steps = steps;
        self
    }

    /// Lets up to so many threads of a run wake from a condition variable for nothing, as the
    /// documentation of condition variables allows. Without this call none does: one is enough to
    /// find a wait that does not look again, and makes several times as many runs.
    pub fn spurious_wakes(mut self, per_run: usize) -> Self {
        self.limits.spurious_wakes = per_run;
        self
    }

    /// Lets `compare_exchange_weak` fail for nothing so often in each thread of a run: once without this call.
    /// Loops around it in many threads are explored sooner with 0.
    pub fn weak_failures(mut self, per_thread: usize) -> Self {
        self.limits.budget.weak_failures = per_thread;
        self
    }

    /// Spoils the search. For the tests of this crate.
    #[doc(hidden)]
    pub fn spoil(mut self, flaw: Flaw) -> Self {
        self.limits.flaw = Some(flaw);
        self
    }

    /// Makes the runs of `body` until one fails or all have been made.
    ///
    /// # Panics
    /// If called inside a run.
    #[track_caller]
    #[must_use = "the report may hold a fault"]
    pub fn explore(&self, body: impl Fn() + Send + Sync + 'static) -> Report {
        self.search(&(Arc::new(body) as Body), Place::caller(), |_| ())
    }

    /// Tells how many runs have gone well, now and then.
    fn search(&self, body: &Body, place: Place, mut tell: impl FnMut(u64)) -> Report {
        let _turn = begin();
        let mut strategy: Box<dyn Strategy> = Box::new(Reduced::new(false, self.limits.flaw));
        let (mut runs, mut covered) = (0, 0);
        loop {
            tell(runs);
            let mut finished = execute(body, strategy, self.limits, place);
            match finished.ending {
                Ending::Complete => runs += 1,
                Ending::Covered => covered += 1,
                _ => {
                    let fault = self.show_clearest(body, &finished, place, runs + 1);
                    return Report { runs: runs + 1, complete: false, covered, fault: Some(fault) };
                }
            }
            let is_left = finished.strategy.next_run();
            if !is_left || runs + covered >= self.max_runs {
                return Report { runs, complete: !is_left, covered, fault: None };
            }
            strategy = finished.strategy;
        }
    }

    /// Explores, and prints how many runs there are: [`check`](crate::check) with settings. A search of more than
    /// a second says on standard error, now and then, how far it has come.
    ///
    /// # Panics
    /// If a run fails; the message shows the clearest such run. And if the search is stopped at its bound:
    /// a test that passes must be a proof.
    #[track_caller]
    pub fn check(&self, body: impl Fn() + Send + Sync + 'static) -> Report {
        if let Some(order) = play::Order::from_outside() {
            play::obey(self, &order, body);
        }
        let report = self.search(&(Arc::new(body) as Body), Place::caller(), say_that_it_goes_on());
        if let Some(fault) = &report.fault {
            panic!("a schedule breaks this program\n\n{}", play::drawn(fault));
        }
        assert!(report.complete, "{report}: make the program smaller, or the bound larger");
        println!("{report}");
        report
    }

    /// Goes through all runs, failing or not, and tells the end of each. For the tests of this
    /// crate. `Err` holds the number of runs after which the search was given up.
    #[doc(hidden)]
    #[track_caller]
    pub fn survey(
        &self,
        search: Search,
        body: impl Fn() + Send + Sync + 'static,
        mut tell: impl FnMut(Option<FaultKind>),
    ) -> Result<u64, u64> {
        let place = Place::caller();
        let _turn = begin();
        let body: Body = Arc::new(body);
        let flaw = self.limits.flaw.filter(|_| search == Search::Reduced);
        let sees_loops = search == Search::Reduced;
        let limits = Limits { stops_at_panic: false, sees_loops, flaw, ..self.limits };
        let mut strategy: Box<dyn Strategy> = match search {
            Search::Reduced => Box::new(Reduced::new(false, self.limits.flaw)),
            Search::SleepSets => Box::new(Reduced::new(true, None)),
            Search::Plain => Box::new(Bounded::new(None)),
        };
        let (mut runs, mut made) = (0, 0);
        loop {
            let mut finished = execute(&body, strategy, limits, place);
            made += 1;
            if !matches!(finished.ending, Ending::Covered) {
                runs += 1;
            }
            match finished.ending {
                Ending::Covered => {}
                Ending::Complete => tell(None),
                _ => tell(Some(fault_of(&finished, runs).kind)),
            }
            if !finished.strategy.next_run() {
                return Ok(runs);
            }
            if made >= self.max_runs {
                return Err(runs);
            }
            strategy = finished.strategy;
        }
    }

    /// Makes one run again, the one with these choices, and shows it if it fails.
    ///
    /// # Panics
    /// If the schedule is not one that a report has printed, or if called inside a run.
    #[track_caller]
    pub fn replay(&self, schedule: &str, body: impl Fn() + Send + Sync + 'static) -> Option<Fault> {
        let place = Place::caller();
        let choices = Script::parse(schedule).unwrap_or_else(|error| panic!("{error}"));
        let _turn = begin();
        let finished = self.again(&(Arc::new(body) as Body), choices, place);
        match finished.ending {
            Ending::Complete | Ending::Covered => None,
            Ending::Diverged => {
                Some(Fault { message: NOT_THIS_PROGRAM.into(), ..fault_of(&finished, 1) })
            }
            _ => Some(fault_of(&finished, 1)),
        }
    }

    /// Makes the run with these choices again and keeps its log.
    pub(crate) fn again(&self, body: &Body, choices: Vec<usize>, place: Place) -> Finished {
        let limits = Limits { keeps_log: true, ..self.limits };
        execute(body, Box::new(Script::new(choices)), limits, place)
    }
}
