//! Runs the judges: each as often as its proof needs, many at once.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::Effort;
use super::answers::{Answer, Expected};
use crate::answer::Rejection;
use crate::cargo::Build;
use crate::course::Course;
use crate::judge::{self, Breakage, Verdict};
use crate::warden::Limits;

/// How often a solution that runs on real threads must pass.
const PASSES: usize = 1_000;

/// How often a wrong answer that meets real threads must be rejected.
const REJECTIONS: usize = 100;

/// The time that the repetitions of one wrong answer may take, and how many there are at least: one
/// that is only noticed at its time limit, or by a judge's patience, is not waited for all day.
const PATIENCE: Duration = Duration::from_secs(300);
const AT_LEAST: usize = 10;

/// The limit for an answer that is predicted to need all of it, when each is judged once.
const SHORT_LIMIT: Duration = Duration::from_secs(5);

/// The processor time for an answer that spins: nobody has to watch it turn for all of its limit.
const SPIN_LIMIT: Duration = Duration::from_secs(1);

/// The limit for an answer whose outcome must not depend on how busy the machine is.
const LONG_LIMIT: Duration = Duration::from_secs(180);

/// Judges on real threads that run at once, for each core: most of them spend their time waiting. One
/// that explores schedules computes, and has a core of its own.
const WAITING_PER_CORE: usize = 8;

/// What came out of the runs of one answer.
#[derive(Debug)]
pub(super) struct Runs {
    /// The first verdict that was not as expected, or else the first of all.
    pub(super) verdict: Verdict,
    pub(super) is_as_expected: bool,
    /// How many runs had that outcome.
    pub(super) count: usize,
    /// How many there should have been.
    pub(super) wanted: usize,
    /// How many explorations of the first run came to their end.
    pub(super) proofs: usize,
    /// All the time that the runs took.
    spent: Duration,
}

/// Judges all answers.
pub(super) fn judge_all(
    course: &Course,
    build: &Build,
    answers: &[Answer],
    effort: Effort,
) -> Result<Vec<Runs>> {
    let runs: Vec<Mutex<Option<Runs>>> = answers.iter().map(|_| Mutex::default()).collect();
    let wanted: Vec<_> = answers.iter().map(|answer| repetitions(answer, effort)).collect();
    // Round by round, so that what is slow in one answer runs beside what is slow in another.
    let rounds = 0..wanted.iter().max().copied().unwrap_or_default();
    let turns: Vec<_> = rounds
        .flat_map(|round| (0..answers.len()).map(move |at| (round, at)))
        .filter(|(round, at)| *round < wanted[*at])
        .collect();
    let judge = |(_, at): &(usize, usize)| {
        let so_far = |runs: &Runs| !runs.is_as_expected || is_enough(&answers[*at], runs);
        if runs[*at].lock().expect("nobody panics with it").as_ref().is_some_and(so_far) {
            return Ok(());
        }
        let since = Instant::now();
        let limits = limits(&answers[*at], effort);
        let (verdict, proofs) = judge_one(course, build, &answers[*at], limits)?;
        let is_as_expected = is_as_expected(&answers[*at].expected, &verdict);
        let mut runs = runs[*at].lock().expect("nobody panics with it");
        let first = Runs {
            verdict,
            is_as_expected,
            count: 1,
            wanted: wanted[*at],
            proofs,
            spent: since.elapsed(),
        };
        match &mut *runs {
            Some(runs) if runs.is_as_expected && is_as_expected => {
                runs.count += 1;
                runs.spent += first.spent;
            }
            Some(runs) if !runs.is_as_expected => {}
            runs => *runs = Some(first),
        }
        Ok(())
    };
    let (explored, others): (Vec<_>, Vec<_>) =
        turns.into_iter().partition(|(_, at)| answers[*at].is_explored);
    at_once(1, &explored, judge)?;
    at_once(WAITING_PER_CORE, &others, judge)?;
    let judged = runs.into_iter().map(|runs| runs.into_inner().expect("nobody panics with it"));
    Ok(judged.map(|runs| runs.expect("each has a first round")).collect())
}

/// For each answer that is run once on the real `std`: whether that lets it through.
///
/// What the solution's own plain run fails is no notice of a mistake, and does not count.
pub(super) fn run_plainly(
    course: &Course,
    build: &Build,
    answers: &[Answer],
) -> Result<Vec<Option<Plain>>> {
    let plain: Vec<Mutex<Option<Plain>>> = answers.iter().map(|_| Mutex::default()).collect();
    let turns: Vec<_> = (0..answers.len()).filter(|at| answers[*at].is_run_plainly()).collect();
    at_once(WAITING_PER_CORE, &turns, |at| {
        let program = answers[*at].plain_program();
        let limits =
            Limits { wall: Some(SHORT_LIMIT), cpu: Some(SPIN_LIMIT), ..Limits::for_answers() };
        let (verdict, _) = judge_program(course, build, &program, limits)?;
        *plain[*at].lock().expect("nobody panics with it") = Some(match verdict {
            Verdict::Passed { .. } => Plain::Fails(Vec::new()),
            Verdict::Failed(failures) => {
                Plain::Fails(failures.into_iter().map(|failure| failure.test).collect())
            }
            Verdict::Broke { .. } => Plain::Breaks,
            Verdict::DoesNotCompile { errors } => Plain::DoesNotCompile(errors),
        });
        Ok(())
    })?;
    Ok(plain.into_iter().map(|plain| plain.into_inner().expect("nobody panics with it")).collect())
}

/// What one run on the real `std` showed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// These tests failed; none, if it passed.
    Fails(Vec<String>),
    /// It did not come to its end.
    Breaks,
    /// There was no run.
    DoesNotCompile(String),
}

impl Plain {
    /// Whether this run tells a wrong answer from the solution, whose own run was `right`.
    pub(super) fn notices(&self, right: Option<&Plain>) -> bool {
        match (self, right) {
            (Self::Fails(tests), Some(Self::Fails(as_well))) => {
                tests.iter().any(|test| !as_well.contains(test))
            }
            (Self::Fails(tests), _) => !tests.is_empty(),
            (Self::Breaks | Self::DoesNotCompile(_), _) => true,
        }
    }
}

/// Judges one answer, and counts the explorations that went to their end.
pub(super) fn judge_one(
    course: &Course,
    build: &Build,
    answer: &Answer,
    limits: Limits,
) -> Result<(Verdict, usize)> {
    judge_program(course, build, &answer.program, limits)
}

fn judge_program(
    course: &Course,
    build: &Build,
    program: &str,
    limits: Limits,
) -> Result<(Verdict, usize)> {
    if let Some(errors) = build.errors.get(program) {
        return Ok((judge::refused(errors), 0));
    }
    let executable: &PathBuf = build
        .executables
        .get(program)
        .with_context(|| format!("{program} was neither built nor refused"))?;
    let outcome = judge::run_to_its_end(executable, &course.root, limits)?;
    let proofs = outcome.stdout.text().matches("that is all of them").count();
    Ok((judge::read_verdict(&outcome), proofs))
}

fn repetitions(answer: &Answer, effort: Effort) -> usize {
    match (effort, &answer.expected) {
        // What compiles or not does so every time.
        (Effort::Once, _) | (_, Expected::Fails | Expected::Rejected(Rejection::Compiler(_))) => 1,
        // Every schedule, each time the same ones.
        (Effort::Thorough, Expected::Passes) if answer.is_explored => 1,
        (Effort::Thorough, Expected::Rejected(Rejection::Schedule { .. })) => 1,
        (Effort::Thorough, Expected::Passes) => PASSES,
        (Effort::Thorough, Expected::Rejected(_)) => REJECTIONS,
    }
}

fn is_enough(answer: &Answer, runs: &Runs) -> bool {
    answer.is_wrong() && runs.count >= AT_LEAST && runs.spent >= PATIENCE
}

/// An answer that is predicted to hang may need all of its limit, and so may a starter. All others end by
/// themselves, sooner or later.
fn limits(answer: &Answer, effort: Effort) -> Limits {
    let predicted = match answer.expected {
        Expected::Rejected(Rejection::Breakage(how)) => Some(how),
        Expected::Fails | Expected::Passes | Expected::Rejected(_) => None,
    };
    let hangs = predicted == Some(Breakage::Hangs);
    let wall = match effort {
        Effort::Once if hangs => SHORT_LIMIT,
        _ if hangs || answer.expected == Expected::Fails => judge::TIME_LIMIT,
        // One that spins as well: it is given processor time, however long that takes to get.
        _ => LONG_LIMIT,
    };
    let cpu = (predicted == Some(Breakage::Spins)).then_some(SPIN_LIMIT);
    let usual = Limits::for_answers();
    Limits { wall: Some(wall), cpu: cpu.or(usual.cpu), ..usual }
}

fn is_as_expected(expected: &Expected, verdict: &Verdict) -> bool {
    match (expected, verdict) {
        (Expected::Passes, Verdict::Passed { .. }) => true,
        // A starter that does not compile would greet the student with an error that is ours.
        (Expected::Fails, Verdict::Failed(_) | Verdict::Broke { .. }) => true,
        (Expected::Rejected(rejection), verdict) => rejection.matches(verdict),
        _ => false,
    }
}

/// Does `work` for all of `turns` in their order, so many at once for each core. The first error of all
/// is returned.
fn at_once<T: Sync>(
    per_core: usize,
    turns: &[T],
    work: impl Fn(&T) -> Result<()> + Sync,
) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    // Relaxed: only the number itself is shared, and each is handed out once.
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores * per_core)
            .map(|_| {
                scope.spawn(|| {
                    while let Some(turn) = turns.get(next.fetch_add(1, Ordering::Relaxed)) {
                        work(turn)?;
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("the work does not panic"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Lesson;
    use crate::page::Page;

    #[test]
    fn what_the_solution_fails_as_well_is_no_notice() {
        let fails = |tests: &[&str]| Plain::Fails(tests.iter().map(|&test| test.into()).collect());
        let right = fails(&["all_schedules_together"]);
        assert!(!fails(&[]).notices(Some(&right)));
        assert!(!fails(&["all_schedules_together"]).notices(Some(&right)));
        assert!(fails(&["one_transfer_moves_the_money"]).notices(Some(&right)));
        assert!(Plain::Breaks.notices(Some(&right)));
    }

    #[test]
    fn what_is_the_same_every_time_is_judged_once() {
        let times = |expected, is_explored| {
            let page =
                Page::parse(include_str!("../../tests/tiny_course/tutorial/src/threads/soup.md"));
            let (chapter, name) = ("threads".to_owned(), "soup".to_owned());
            let lesson = Lesson { number: 1, chapter, name, page: page.unwrap() };
            let exercise = lesson.exercises().next().unwrap();
            let (program, file) = ("stir__solution".to_owned(), "stir.rs".into());
            let answer = Answer { exercise, program, file, expected, is_explored };
            repetitions(&answer, Effort::Thorough)
        };
        let (test, fault) = ("two_cooks".to_owned(), "deadlock".to_owned());
        assert_eq!(times(Expected::Passes, false), PASSES);
        assert_eq!(times(Expected::Passes, true), 1);
        assert_eq!(times(Expected::Rejected(Rejection::Test(test.clone())), false), REJECTIONS);
        assert_eq!(times(Expected::Rejected(Rejection::Schedule { test, fault }), true), 1);
        assert_eq!(times(Expected::Rejected(Rejection::Compiler("E0277".into())), false), 1);
    }

    #[test]
    fn every_turn_is_taken_once() {
        let taken = AtomicUsize::new(0);
        let turns: Vec<_> = (1..=100).collect();
        at_once(8, &turns, |turn| {
            taken.fetch_add(*turn, Ordering::Relaxed);
            Ok(())
        })
        .unwrap();
        assert_eq!(taken.into_inner(), 5_050);
    }
}
