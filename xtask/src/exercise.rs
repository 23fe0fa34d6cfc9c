//! What a student asks of an exercise: check it, a hint, the solution, a fresh start.

mod help;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use colored::Colorize;

use crate::cargo::Progress as Shown;
use crate::course::{Course, Exercise};
use crate::judge::{self, Failure, Verdict};
use crate::list::{State, States};
use crate::markdown::WIDTH;
use crate::play;
use crate::progress::Store;
use crate::rebuild::Calls;
use crate::table::break_words;
use crate::terminal;
use crate::warden::Cancel;

pub use help::{hint, one_more_hint, solution, tell_solution};

/// Judges these exercises, or all that were edited; says what came out. True when nothing is wrong.
///
/// # Errors
/// When there is none of such a name, a judge cannot be built or run, or the progress not be saved.
pub fn check(course: &Course, store: &Store, names: &[String], limit: Duration) -> Result<bool> {
    if names.is_empty() {
        return check_all(course, store, limit);
    }
    let exercises: Vec<_> =
        names.iter().map(|name| course.exercise(name)).collect::<Result<_>>()?;
    let mut all_pass = true;
    for (number, exercise) in exercises.into_iter().enumerate() {
        if number > 0 {
            println!();
        }
        all_pass &= check_one(course, store, exercise, limit)?;
    }
    Ok(all_pass)
}

fn check_one(course: &Course, store: &Store, exercise: Exercise, limit: Duration) -> Result<bool> {
    let verdict = judge_and_remember(course, store, exercise, limit)?;
    let text = tell(exercise, &verdict);
    println!("{text}");
    if terminal::is_live() && terminal::overflows(&text, AROUND) {
        println!("\n{}", headlines(&text));
    }
    let passed = verdict.is_passed();
    if passed {
        println!(
            "\nWhy not another way? cargo xtask solution {}\nOn: cargo xtask next",
            exercise.name
        );
    } else {
        println!("\nStuck? cargo xtask hint {}", exercise.name);
        let compiles = !matches!(verdict, Verdict::DoesNotCompile { .. });
        if compiles && exercise.explores_schedules(&course.root)? {
            let play = play::command_for_answer(course, exercise.name);
            println!("Be the scheduler yourself: {play}");
        }
    }
    Ok(passed)
}

/// Lines that follow a verdict, with the empty ones between.
const AROUND: usize = 6;

/// What a long verdict comes to, for a screen that its beginning has left: its lines with a cross, to the full stop.
#[must_use]
pub fn headlines(verdict: &str) -> String {
    let mut lines = Vec::new();
    let mut goes_on = false;
    for line in verdict.lines() {
        let plain = terminal::without_colours(line);
        goes_on &= !plain.trim().is_empty();
        if goes_on || plain.trim_start().starts_with('✗') {
            lines.push(line);
            // What went wrong is a sentence, further in than the test's name, and may take several lines.
            goes_on = plain.starts_with("  ") && !plain.trim_end().ends_with('.');
        }
    }
    lines.join("\n")
}

/// Judges every edited exercise whose text has no verdict yet; the others keep theirs.
fn check_all(course: &Course, store: &Store, limit: Duration) -> Result<bool> {
    let (progress, _) = store.load()?;
    let states = States::new(course, &progress)?;
    let mut counts = (0, 0, 0);
    for exercise in course.exercises() {
        let passed = match states.of(exercise)? {
            State::Untouched => {
                counts.2 += 1;
                continue;
            }
            State::Passed => true,
            State::Failing | State::Unreadable => false,
            State::Edited => {
                let verdict = judge_and_remember(course, store, exercise, limit)?;
                verdict.is_passed()
            }
        };
        if passed {
            counts.0 += 1;
            println!("{} {}", "✓".green(), exercise.name);
        } else {
            counts.1 += 1;
            println!("{} {:<22} cargo xtask check {}", "✗".red(), exercise.name, exercise.name);
        }
    }
    let (passed, failing, untouched) = counts;
    println!("{passed} passed, {failing} not right yet, {untouched} not started.");
    if passed + failing == 0 {
        let first = course.exercises().next().context("a course has exercises")?;
        println!(
            "Edit one first, {} for example. All of them: cargo xtask list",
            first.copy_path()
        );
    }
    Ok(failing == 0)
}

/// Judges the student's copy and remembers the verdict for exactly that text.
///
/// # Errors
/// When the judge cannot be built or run.
pub fn judge_and_remember(
    course: &Course,
    store: &Store,
    exercise: Exercise,
    limit: Duration,
) -> Result<Verdict> {
    judge::lay_out(course, exercise)?;
    let (progress, _) = store.load()?;
    let states = States::new(course, &progress)?;
    let shown = Shown::here();
    let calls = Calls::default();
    let (fingerprint, verdict) = loop {
        let before = states.fingerprint(exercise)?;
        let verdict =
            judge::judge_copy(&Cancel::default(), &calls, course, exercise, shown, limit)?;
        // Saved meanwhile, nobody knows which text was judged: only the newest counts.
        if states.fingerprint(exercise)? == before {
            break (before, verdict.expect("nobody cancels"));
        }
    };
    if let Err(error) = remember(store, exercise, fingerprint, &verdict) {
        // Who waited for the verdict reads it all the same.
        eprintln!(
            "{} {error:#}\n  The verdict below is not remembered. Make room there, or make it writable.",
            "warning:".yellow().bold()
        );
    }
    Ok(verdict)
}

/// Remembers the verdict on the text with this fingerprint.
///
/// # Errors
/// When the progress cannot be saved.
pub fn remember(
    store: &Store,
    exercise: Exercise,
    fingerprint: String,
    verdict: &Verdict,
) -> Result<()> {
    let passed = verdict.is_passed();
    store.update(|progress| {
        progress.exercises.entry(exercise.name.to_owned()).or_default().verdict =
            Some((fingerprint, passed));
    })
}

/// A verdict in words for the student.
#[must_use]
pub fn tell(exercise: Exercise, verdict: &Verdict) -> String {
    let cross = "✗".red();
    match verdict {
        Verdict::Passed { tests, runs } => {
            let proof = match runs {
                0 | 1 => String::new(),
                runs => format!("\n  No schedule breaks it: all {runs} runs were made."),
            };
            format!("{} {}: passed, {tests} of {tests} tests.{proof}", "✓".green(), exercise.name)
        }
        Verdict::DoesNotCompile { errors } => {
            format!("{errors}\n\n{cross} {}: does not compile.", exercise.name)
        }
        Verdict::Failed(failures) => tell_failure(exercise, &failures[0], failures.len()),
        Verdict::Broke { test, story, .. } => {
            let during = test
                .as_ref()
                .map(|test| format!(" during \"{}\"", sentence(test)))
                .unwrap_or_default();
            format!(
                "{cross} {}: did not come to its end{during}.\n\n{}",
                exercise.name,
                indent_story(story)
            )
        }
    }
}

/// The first failure whole, the others by number: one thing at a time.
fn tell_failure(exercise: Exercise, first: &Failure, count: usize) -> String {
    let (cross, test) = ("✗".red(), sentence(&first.test));
    if judge::is_unwritten(&first.message) {
        return format!(
            "{cross} {}: still has a todo!()\n\n  met by \"{test}\"\n  edit {}",
            exercise.name,
            exercise.copy_path()
        );
    }
    let others = if count > 1 {
        let plural = if count == 2 { " fails" } else { "s fail" };
        format!("\n\n  … and {} more test{plural}.", count - 1)
    } else {
        String::new()
    };
    format!("{cross} {}: {}\n\n{}{others}", exercise.name, test.bold(), indent(&first.message))
}

/// A test's name as the sentence it is.
fn sentence(test: &str) -> String {
    test.replace("::", ": ").replace('_', " ")
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect::<String>().trim_end().to_owned()
}

/// A story in plain words, as wide as a page.
fn indent_story(story: &str) -> String {
    let lines = story.lines().flat_map(|line| {
        let margin = &line[..line.len() - line.trim_start().len()];
        let lines = break_words(line, WIDTH - 2 - margin.len());
        lines.into_iter().map(move |line| format!("{margin}{line}"))
    });
    indent(&lines.collect::<Vec<_>>().join("\n"))
}

/// Puts starters back, each answer kept as a copy first. False when the student would rather not.
///
/// # Errors
/// When a file cannot be copied, or nobody is there to confirm.
pub fn reset(
    course: &Course,
    store: &Store,
    name: Option<&str>,
    all: bool,
    yes: bool,
) -> Result<bool> {
    let exercises: Vec<_> = match name {
        Some(name) => vec![course.exercise(name)?],
        None if all => course.exercises().collect(),
        None => {
            bail!("Reset which? cargo xtask reset NAME, or all of them: cargo xtask reset --all")
        }
    };
    let (progress, _) = store.load()?;
    let states = States::new(course, &progress)?;
    let mut edited = Vec::new();
    for exercise in exercises {
        judge::lay_out(course, exercise)?;
        match states.of(exercise)? {
            State::Untouched => {}
            State::Unreadable => {
                bail!("{} cannot be read, so no copy could be kept.", exercise.copy_path())
            }
            _ => edited.push(exercise),
        }
    }
    if edited.is_empty() {
        println!("Nothing to reset: still as handed out.");
        return Ok(true);
    }
    let names: Vec<_> = edited.iter().map(|exercise| exercise.name).collect();
    if !yes
        && !terminal::confirm(
            &format!("Start over with {}? Your text is kept as a copy.", names.join(", ")),
            "Nothing was reset. To do it without being asked: add --yes",
        )?
    {
        println!("Nothing was reset.");
        return Ok(false);
    }
    for exercise in edited {
        let kept = keep_and_reset(course, exercise)?;
        store.update(|progress| progress.exercises.remove(exercise.name))?;
        println!("{} is as handed out. Your text: {}", exercise.copy_path(), kept.display());
    }
    Ok(true)
}

fn keep_and_reset(course: &Course, exercise: Exercise) -> Result<PathBuf> {
    let copy = course.root.join(exercise.copy_path());
    let kept = free_name(course, exercise)?;
    fs::copy(&copy, course.root.join(&kept))
        .with_context(|| format!("{} cannot be kept", copy.display()))?;
    let starter = course.root.join(exercise.starter_path());
    fs::copy(&starter, &copy).with_context(|| format!("{} cannot be written", copy.display()))?;
    Ok(kept)
}

/// A name below `kept/` that no earlier copy has, path below the root.
fn free_name(course: &Course, exercise: Exercise) -> Result<PathBuf> {
    let folder = course.root.join("kept");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let name = |n: u64| PathBuf::from("kept").join(format!("{}-{}.rs", exercise.name, seconds + n));
    Ok((0..).map(name).find(|path| !course.root.join(path).exists()).expect("some second is free"))
}

/// The exercise with this name, or the first that is not passed yet.
///
/// # Errors
/// When there is none; the message says how `command` is told another one.
pub fn named_or_current<'a>(
    course: &'a Course,
    store: &Store,
    name: Option<&str>,
    command: &str,
) -> Result<Exercise<'a>> {
    if let Some(name) = name {
        return course.exercise(name);
    }
    let (progress, _) = store.load()?;
    // The states borrow the progress; the exercise outlives both.
    let current =
        States::new(course, &progress)?.current()?.map(|exercise| exercise.name.to_owned());
    let current = current.with_context(|| {
        format!("All exercises are passed. Name one: cargo xtask {command} NAME")
    })?;
    course.exercise(&current)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_comes_to_the_test_that_failed_and_the_fault() {
        let verdict = "✗ counter: two cooks\n\n  a schedule breaks this program\n\n  \u{1b}[1;31m✗ lost update\u{1b}[0m: thread 1\n    writes over it.\n  7 │ y";
        assert_eq!(
            headlines(verdict),
            "✗ counter: two cooks\n  \u{1b}[1;31m✗ lost update\u{1b}[0m: thread 1\n    writes over it."
        );
    }
}
