//! Judges an answer: builds it with its judge, runs both under the warden, says in words what happened.

mod output;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use output::{
    announced_tests, begun_tests, explored_runs, failures, only_text_and_colours, passed_tests,
    running_test, runs_so_far,
};
use serde::{Deserialize, Serialize};

use crate::cargo::{self, Build, Progress};
use crate::course::{Course, Exercise, read};
use crate::rebuild::Calls;
use crate::warden::{self, Cancel, Ending, Job, Limits, Outcome, Output};

/// What became of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// Every test of the judge passed.
    Passed {
        /// How many there were.
        tests: usize,
        /// How many interleavings their searches went through, each to its end: 0 where none searches.
        #[serde(default)]
        runs: u64,
    },
    /// The compiler refused it.
    DoesNotCompile {
        /// The compiler's words.
        errors: String,
    },
    /// Tests of the judge failed; at least one.
    Failed(Vec<Failure>),
    /// It did not run to its end.
    Broke {
        /// How: a word that an author can predict.
        how: Breakage,
        /// The test that was running, where known.
        test: Option<String>,
        /// What happened, and the way out.
        story: String,
    },
}

impl Verdict {
    /// Whether the answer is right.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        matches!(self, Self::Passed { .. })
    }

    /// The same verdict, with `name` wherever it said `program`.
    #[must_use]
    pub fn renamed(mut self, program: &str, name: &str) -> Self {
        let texts: Vec<&mut String> = match &mut self {
            Self::Passed { .. } => Vec::new(),
            Self::DoesNotCompile { errors } => vec![errors],
            Self::Failed(failures) => {
                failures.iter_mut().map(|failure| &mut failure.message).collect()
            }
            Self::Broke { story, .. } => vec![story],
        };
        texts.into_iter().for_each(|text| *text = text.replace(program, name));
        self
    }
}

/// A failed test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// The test's name: a sentence.
    pub test: String,
    /// What the test said.
    pub message: String,
}

/// How an answer can keep its judge from finishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Breakage {
    /// Nobody can move any more, or nobody does within the limit.
    Hangs,
    /// It computes without end.
    Spins,
    /// It ends the whole program.
    Exits,
    /// It prints without end.
    Floods,
    /// It is killed: an abort, a stack overflow, too much memory.
    Aborts,
    /// It returns, but processes that it started still run.
    LeavesChildren,
    /// It has more schedules than can be gone through in time.
    TakesTooLong,
}

impl Breakage {
    /// The word an author writes in a wrong answer's second line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hangs => "hangs",
            Self::Spins => "spins",
            Self::Exits => "exits",
            Self::Floods => "floods",
            Self::Aborts => "aborts",
            Self::LeavesChildren => "leaves children",
            Self::TakesTooLong => "takes too long",
        }
    }
}

/// How long a judge may run unless told otherwise. Judges take well under a second; the rest is for
/// slow machines, and bounds the wait for a loop without end.
pub const TIME_LIMIT: Duration = Duration::from_secs(10);

/// Judges the student's own copy of an exercise, which must be there. `None` when it was cancelled. Whoever
/// will judge it again keeps the `calls`.
///
/// # Errors
/// When the judge itself cannot be built or run, which is not the student's doing.
pub fn judge_copy(
    cancel: &Cancel,
    calls: &Calls,
    course: &Course,
    exercise: Exercise,
    progress: Progress,
    limit: Duration,
) -> Result<Option<Verdict>> {
    let build = calls.build(cancel, course, exercise, progress);
    match build.and_then(|build| run_built(cancel, course, exercise, build, limit)) {
        // Whatever came out is about a compiler or a judge that was killed.
        _ if cancel.is_cancelled() => Ok(None),
        verdict => verdict.map(Some),
    }
}

fn run_built(
    cancel: &Cancel,
    course: &Course,
    exercise: Exercise,
    build: Build,
    limit: Duration,
) -> Result<Verdict> {
    let judge = course.root.join(exercise.judge_path());
    if let Some(errors) = build.errors.get(exercise.name) {
        return Ok(refused(errors).renamed(DETOUR, ""));
    }
    match build.executables.get(exercise.name) {
        Some(program) => {
            let verdict = run_unless(cancel, program, &course.root, limit)?;
            Ok(in_order_of(&read(&judge)?, verdict).renamed(DETOUR, ""))
        }
        None => anyhow::bail!(
            "the judge was not built: {}",
            build.errors.into_values().collect::<String>()
        ),
    }
}

/// On the way from a judge to the answer, which is not the way that a student goes.
pub(crate) const DETOUR: &str = "tests/../";

/// Copies the starter to where the student works, unless something is there already.
///
/// # Errors
/// When the copy cannot be written.
pub fn lay_out(course: &Course, exercise: Exercise) -> Result<()> {
    let copy = course.root.join(exercise.copy_path());
    if !copy.exists() {
        let lay_out = || {
            std::fs::create_dir_all(copy.parent().expect("a copy lies in its chapter's folder"))?;
            std::fs::copy(course.root.join(exercise.starter_path()), &copy)
        };
        lay_out().with_context(|| format!("{} cannot be laid out", copy.display()))?;
    }
    Ok(())
}

/// The verdict when the compiler refuses an answer.
#[must_use]
pub fn refused(errors: &str) -> Verdict {
    let way_out = cargo::missing_piece(errors).unwrap_or_default();
    Verdict::DoesNotCompile {
        errors: format!("{}\n{way_out}", errors.trim_end()).trim_end().to_owned(),
    }
}

/// Runs a built judge and reads its verdict.
///
/// # Errors
/// When it cannot be started.
pub fn run(judge: &Path, root: &Path, limit: Duration) -> Result<Verdict> {
    run_unless(&Cancel::default(), judge, root, limit)
}

fn run_unless(cancel: &Cancel, judge: &Path, root: &Path, limit: Duration) -> Result<Verdict> {
    let limits = Limits { wall: Some(limit), ..Limits::for_answers() };
    Ok(read_verdict(&warden::run_unless(cancel, &job(judge, root, limits))?))
}

/// The package in which answers are verified, below the course's folder.
pub(crate) const ANSWERS: &str = "target/xtask/judging";

/// Runs a built judge, and returns all that it printed.
///
/// # Errors
/// When it cannot be started.
pub fn run_to_its_end(judge: &Path, root: &Path, limits: Limits) -> Result<Outcome> {
    warden::run(&job(judge, root, limits))
}

fn job(judge: &Path, root: &Path, limits: Limits) -> Job {
    Job {
        program: judge.to_owned(),
        // One test at a time, so that the output tells which one was running when all stood still; not
        // captured, so that printing without end shows as just that, and not as memory without end.
        args: ["--test-threads=1", "--nocapture", "--color=never"].map(String::from).into(),
        env: vec![
            ("RUST_BACKTRACE".into(), "0".into()),
            (cargo::colour().into(), "1".into()),
            // Where a report finds the lines of an answer that is being verified.
            ("CARGO_MANIFEST_DIR".into(), root.join(ANSWERS).display().to_string()),
        ],
        dir: root.join("exercises"),
        limits,
        output: Output::Capture,
    }
}

/// The verdict of a judge that has run.
#[must_use]
pub fn read_verdict(outcome: &Outcome) -> Verdict {
    let stdout = outcome.stdout.text();
    let broke = |how, story: String| {
        let story = only_text_and_colours(&story);
        Verdict::Broke { how, test: running_test(&stdout), story }
    };
    match &outcome.ending {
        Ending::Exited(0) if outcome.strays > 0 => {
            broke(Breakage::LeavesChildren, left_behind(outcome.strays))
        }
        Ending::Exited(0) => match (announced_tests(&stdout), passed_tests(&stdout)) {
            (Some(tests), Some(passed))
                if tests == passed && (1..=begun_tests(&stdout)).contains(&tests) =>
            {
                Verdict::Passed { tests, runs: explored_runs(&stdout) }
            }
            _ => broke(Breakage::Exits, ended_early(0)),
        },
        Ending::Exited(code) => match failures(&stdout, &outcome.stderr.text()) {
            failures if failures.is_empty() => broke(Breakage::Exits, ended_early(*code)),
            failures => Verdict::Failed(failures),
        },
        Ending::Flooded => broke(Breakage::Floods, outcome.ending.to_string()),
        Ending::TimedOut(diagnosis)
            if let Some(runs) = runs_so_far(&stdout, &outcome.stderr.text()) =>
        {
            broke(Breakage::TakesTooLong, too_many_schedules(diagnosis.after, runs))
        }
        Ending::TimedOut(diagnosis) if diagnosis.spins() => {
            broke(Breakage::Spins, outcome.ending.to_string())
        }
        Ending::TimedOut(_) | Ending::Stuck(_) => {
            broke(Breakage::Hangs, outcome.ending.to_string())
        }
        Ending::Signalled(_) => {
            let last_words = outcome.stderr.text();
            let last_words = last_words.trim();
            broke(
                Breakage::Aborts,
                format!("{} {last_words}", outcome.ending).trim_end().to_owned(),
            )
        }
    }
}

fn left_behind(strays: usize) -> String {
    format!(
        "It left {strays} running process(es) behind; they were ended. \
         Whoever starts a child waits for it: call wait() on every Child, on every path."
    )
}

fn too_many_schedules(after: Duration, runs: u64) -> String {
    format!(
        "Still trying schedules after {:.0} s: {runs} so far, and none goes wrong. That is not all of them, so it is \
         no proof. Fewer steps have fewer schedules: lock once, for all that belongs together, and wait \
         asleep instead of looking again and again. Or give it more time: --limit 60",
        after.as_secs_f64()
    )
}

fn ended_early(code: i32) -> String {
    format!(
        "The whole program ended with exit code {code} before the judge was done. \
         A function that is asked for an answer must return: take std::process::exit out."
    )
}

/// Puts the failures in the order in which the judge's text asks: libtest runs tests by their names,
/// but the judge's author put the simplest first.
#[must_use]
pub fn in_order_of(judge: &str, mut verdict: Verdict) -> Verdict {
    if let Verdict::Failed(failures) = &mut verdict {
        failures.sort_by_key(|failure| judge.find(&format!("fn {}(", failure.test)));
    }
    verdict
}

/// Whether a panic's message, or a report that ends with it, is that of a `todo!()`.
#[must_use]
pub fn is_unwritten(message: &str) -> bool {
    message.contains("not yet implemented")
}

/// Makes Cargo look at a file again.
///
/// # Errors
/// When it cannot be opened.
pub(crate) fn touch(file: &Path) -> Result<()> {
    let touched = std::fs::File::options()
        .append(true)
        .open(file)
        .and_then(|file| file.set_modified(std::time::SystemTime::now()));
    touched.with_context(|| {
        format!("{} must be writable, for Cargo to look at it again", file.display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_come_in_the_judges_order() {
        let failure = |test: &str| Failure { test: test.into(), message: String::new() };
        let judge = "fn simple() {}\nfn all_of_it() {}";
        let verdict =
            in_order_of(judge, Verdict::Failed(vec![failure("all_of_it"), failure("simple")]));
        assert_eq!(verdict, Verdict::Failed(vec![failure("simple"), failure("all_of_it")]));
    }
}
