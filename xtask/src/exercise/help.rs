//! Help with an exercise: one more hint, and in the end the solution.

use anyhow::{Context, Result};
use colored::Colorize;

use super::named_or_current;
use crate::answer;
use crate::course::{Course, Exercise, read};
use crate::highlight;
use crate::list::{State, States};
use crate::markdown;
use crate::progress::Store;
use crate::refutation;
use crate::terminal;

/// Shows the next hint; each time one more, up to the last.
///
/// # Errors
/// When the hints cannot be read.
pub fn hint(course: &Course, store: &Store, name: Option<&str>) -> Result<()> {
    let exercise = named_or_current(course, store, name, "hint")?;
    let (hints, left) = one_more_hint(course, store, exercise)?;
    println!("{hints}");
    match left {
        0 => {
            println!("That is the last hint. The solution: cargo xtask solution {}", exercise.name)
        }
        left => println!("{left} more, one at a time: cargo xtask hint {}", exercise.name),
    }
    Ok(())
}

/// The hints so far and one more, and how many are left.
///
/// # Errors
/// When the hints cannot be read, or the progress not be saved.
pub fn one_more_hint(
    course: &Course,
    store: &Store,
    exercise: Exercise,
) -> Result<(String, usize)> {
    let file = course.root.join(exercise.solution_folder()).join("hints.md");
    let text = read(&file)?;
    let hints: Vec<_> = text.split("\n## ").skip(usize::from(!text.starts_with("## "))).collect();
    let shown = store.update(|progress| {
        let record = progress.exercises.entry(exercise.name.to_owned()).or_default();
        record.hints = record.hints.saturating_add(1).min(hints.len());
        record.hints
    })?;
    let numbered = hints.iter().take(shown).enumerate().map(|(at, hint)| {
        let hint = hint.trim_start_matches("## ");
        markdown::render(&format!("## Hint {}: {hint}", at + 1))
    });
    Ok((numbered.collect::<Vec<_>>().join("\n"), hints.len() - shown))
}

/// Shows the solution, and the wrong answers that look right with what breaks each. False when the student would
/// rather not see it yet.
///
/// # Errors
/// When its files cannot be read, or the exercise is unsolved and nobody is there to confirm.
pub fn solution(
    course: &Course,
    store: &Store,
    name: Option<&str>,
    yes: bool,
    is_interactive: bool,
) -> Result<bool> {
    let exercise = named_or_current(course, store, name, "solution")?;
    let (progress, _) = store.load()?;
    if States::new(course, &progress)?.of(exercise)? != State::Passed && !yes {
        let question = format!("`{}` is not passed yet. Show its solution anyway?", exercise.name);
        let way_out =
            format!("Not shown. To see it unsolved: cargo xtask solution {} --yes", exercise.name);
        if !terminal::confirm(&question, &way_out)? {
            return Ok(false);
        }
    }
    let code = read(&course.root.join(exercise.solution_folder()).join("solution.rs"))?;
    println!("{}", highlight::code(&code, "rust"));
    refutation::show_all(course, exercise, is_interactive)?;
    Ok(true)
}

/// The solution, and what the wrong answers that look right believe, in words and colours.
///
/// # Errors
/// When a file cannot be read.
pub fn tell_solution(course: &Course, exercise: Exercise) -> Result<String> {
    let folder = course.root.join(exercise.solution_folder());
    let code = read(&folder.join("solution.rs"))?;
    let mut text = format!("{}\n{}\n\n", highlight::code(&code, "rust"), "Why not this?".bold());
    for file in exercise.wrong_answers(&course.root)? {
        let wrong =
            answer::parse_wrong(&read(&file)?).with_context(|| format!("in {}", file.display()))?;
        let path = file.strip_prefix(&course.root).unwrap_or(&file);
        let believes = format!("**{}** {}", wrong.belief, wrong.rejected_by.in_words());
        text.push_str(&format!(
            "{}  {}\n\n",
            markdown::render(&format!("- {believes}")),
            path.display().to_string().bright_black()
        ));
    }
    Ok(text)
}
