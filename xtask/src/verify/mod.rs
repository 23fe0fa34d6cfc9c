//! Judges every starter, solution and wrong answer: the first must fail, the second pass, and each
//! of the third be rejected for the reason it predicts.
//!
//! - `answers` lists them, and what their author forgot; `package` builds all at once.
//! - `rounds` runs the judges; `words` says what surprised; [`tally`] is the table.

mod answers;
mod package;
mod rounds;
pub mod tally;
mod words;

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::cargo::Progress;
use crate::course::{Course, Exercise, read};
use crate::judge::{self, Verdict};

use answers::{Answer, Expected};
use package::Judges;
use rounds::{Plain, Runs};
use tally::Tally;

/// How often each answer is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Once.
    Once,
    /// Where real threads run, a solution 1,000 times and a wrong answer 100 times. What goes through
    /// all schedules is the same every time, and once is enough.
    Thorough,
}

/// What the verification found.
#[derive(Debug, Default)]
pub struct Report {
    /// What the author slipped on, each with the way out.
    pub surprises: Vec<String>,
    /// What was proved, for each exercise.
    pub tallies: Vec<Tally>,
    /// Runs that a solution passed, all together.
    pub passes: usize,
    /// Runs in which a wrong answer was rejected, all together.
    pub rejections: usize,
    /// A line for each wrong answer whose rejection takes so long that it was repeated less often.
    pub cut_short: Vec<String>,
}

impl Report {
    /// How many wrong answers were rejected as predicted.
    #[must_use]
    pub fn rejected(&self) -> usize {
        self.tallies.iter().map(|tally| tally.rejected).sum()
    }
}

/// Judges all answers of the exercises that `wanted` accepts.
///
/// # Errors
/// When a judge cannot be built or run for a reason that is in no exercise. What is wrong with an
/// exercise is in the report, and keeps no other from its proof.
pub fn all(
    course: &Course,
    progress: Progress,
    effort: Effort,
    wanted: impl Fn(&Exercise) -> bool,
) -> Result<Report> {
    let mut report = Report::default();
    let mut answers = Vec::new();
    let exercises: Vec<_> = course.exercises().filter(wanted).collect();
    for exercise in &exercises {
        let (found, slips) = answers::of(course, *exercise);
        answers.extend(found);
        report.surprises.extend(slips);
    }
    if exercises.len() == course.exercises().count() {
        report.surprises.extend(answers::orphans(course)?);
    }
    let build = package::build(course, &answers, Judges::RealAndPlain, progress)?;
    let runs = rounds::judge_all(course, &build, &answers, effort)?;
    let plain = rounds::run_plainly(course, &build, &answers)?;
    let judged: Vec<Judged> = answers
        .iter()
        .zip(&runs)
        .zip(&plain)
        .map(|((answer, runs), plain)| (answer, runs, plain.as_ref()))
        .collect();
    for exercise in exercises {
        let is_own = |(answer, ..): &&Judged| answer.exercise.name == exercise.name;
        let own: Vec<_> = judged.iter().filter(is_own).copied().collect();
        note(&mut report, &own, &course.root);
        report.tallies.push(tally_of(exercise, &own));
    }
    Ok(report)
}

type Judged<'a> = (&'a Answer<'a>, &'a Runs, Option<&'a Plain>);

fn note(report: &mut Report, judged: &[Judged], root: &Path) {
    for (answer, runs, plain) in judged {
        let file = answer.file.strip_prefix(root).unwrap_or(&answer.file).display().to_string();
        report.surprises.extend(words::surprise(answer, runs, &file));
        if answer.is_wrong() {
            report.rejections += runs.count;
        }
        if answer.expected == Expected::Passes {
            report.passes += runs.count;
            // Of a solution that compiles only. What a wrong answer's plain judge says is its own affair.
            let compiles = !matches!(runs.verdict, Verdict::DoesNotCompile { .. });
            let not_plain = plain.filter(|_| compiles).and_then(|it| words::not_plain(answer, it));
            report.surprises.extend(not_plain);
        }
        if runs.is_as_expected && runs.count < runs.wanted {
            report.cut_short.push(format!("{file}: {} times", runs.count));
        }
    }
}

fn tally_of(exercise: Exercise, judged: &[Judged]) -> Tally {
    let right = judged.iter().find(|(answer, ..)| answer.expected == Expected::Passes);
    let right = right.and_then(|(.., plain)| *plain);
    let wrong: Vec<_> = judged.iter().filter(|(answer, ..)| answer.is_wrong()).collect();
    let is_explored = judged.iter().any(|(answer, ..)| answer.is_explored);
    let let_through = |(.., plain): &&&Judged| plain.is_some_and(|plain| !plain.notices(right));
    Tally {
        exercise: exercise.name.to_owned(),
        chapter: exercise.lesson.chapter.clone(),
        wrong: wrong.len(),
        rejected: wrong.iter().filter(|(_, runs, _)| runs.is_as_expected).count(),
        let_through: is_explored.then(|| wrong.iter().filter(let_through).count()),
    }
}

/// Judges one wrong answer, for a look at what its author would see.
///
/// # Errors
/// When there is no such answer, it cannot be judged, or it is not rejected.
pub fn refute(course: &Course, exercise: Exercise, wrong: &str) -> Result<Verdict> {
    let all = refute_all(course, exercise, Progress::Silent, |stem| stem == wrong)?;
    let Some((_, verdict)) = all.into_iter().next() else {
        bail!(
            "There is no wrong answer `{wrong}` that can be judged. They lie in {}/wrong",
            exercise.solution_folder()
        )
    };
    match verdict {
        Verdict::Passed { .. } => bail!("{wrong} was not rejected"),
        verdict => Ok(verdict),
    }
}

/// Judges the wrong answers whose names `wanted` accepts; returns each name with its verdict.
///
/// # Errors
/// When they cannot be built or run.
pub fn refute_all(
    course: &Course,
    exercise: Exercise,
    progress: Progress,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Verdict)>> {
    let stem = |answer: &Answer| -> String {
        answer.file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    };
    let (mut answers, _) = answers::of(course, exercise);
    answers.retain(|answer| answer.is_wrong() && wanted(&stem(answer)));
    let build = package::build(course, &answers, Judges::Real, progress)?;
    let runs = rounds::judge_all(course, &build, &answers, Effort::Once)?;
    let judge = read(&course.root.join(exercise.judge_path())).context("it was there just now")?;
    let told = answers.iter().zip(runs).map(|(answer, runs)| {
        // The student knows the judge by its own name.
        let verdict = runs.verdict.renamed(&answer.program, exercise.name);
        (stem(answer), judge::in_order_of(&judge, verdict))
    });
    Ok(told.collect())
}
