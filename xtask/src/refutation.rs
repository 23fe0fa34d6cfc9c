//! Why not this? Shows each wrong answer of an exercise with the run or the input that breaks it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use colored::Colorize;

use crate::answer::{self, Rejection, Wrong};
use crate::cargo::Progress;
use crate::course::{Course, Exercise, read};
use crate::fingerprint::Basis;
use crate::judge::Verdict;
use crate::markdown;
use crate::terminal::{self, Keyboard};
use crate::verify;

/// How much of a message is shown: a whole run of two or three cooks, line by line.
const LINES: usize = 60;

/// A wrong answer and what became of it.
struct Refutation {
    wrong: Wrong,
    /// Path below the root.
    path: String,
    /// Missing when it could not be judged.
    verdict: Option<Verdict>,
}

/// Shows the exercise's wrong answers: one at a time to somebody at the keyboard, or straight through.
///
/// # Errors
/// When a wrong answer cannot be read, or the terminal not be used.
pub fn show_all(course: &Course, exercise: Exercise, is_interactive: bool) -> Result<()> {
    println!("{}\n", "Why not this?".bold());
    let progress = if is_interactive { Progress::Live } else { Progress::Silent };
    let refutations = all(course, exercise, progress)?;
    let keyboard = if is_interactive { Some(Keyboard::take()?) } else { None };
    for (at, refutation) in refutations.iter().enumerate() {
        println!("{}\n", refutation.tell());
        if let Some(keyboard) = &keyboard
            && at + 1 < refutations.len()
            && !keyboard.goes_on()?
        {
            break;
        }
    }
    Ok(())
}

/// All of them; those that have no verdict yet are judged now.
fn all(course: &Course, exercise: Exercise, progress: Progress) -> Result<Vec<Refutation>> {
    let basis = Basis::read(&course.root)?;
    let mut refutations = BTreeMap::new();
    let mut kept_at = BTreeMap::new();
    for file in exercise.wrong_answers(&course.root)? {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let wrong =
            answer::parse_wrong(&read(&file)?).with_context(|| format!("in {}", file.display()))?;
        let fingerprint = basis.of(&course.root, exercise, &file)?;
        let kept = course.scratch().join("refuted").join(format!("{fingerprint}.json"));
        let path = file.strip_prefix(&course.root).unwrap_or(&file).display().to_string();
        refutations.insert(name.clone(), Refutation { wrong, path, verdict: recall(&kept) });
        kept_at.insert(name, kept);
    }
    let unjudged = |name: &str| refutations.get(name).is_some_and(|it| it.verdict.is_none());
    let count = refutations.keys().filter(|name| unjudged(name)).count();
    if count > 0 {
        println!("Judging {count} wrong answers, this once, to show what breaks them.\n");
        match verify::refute_all(course, exercise, progress, unjudged) {
            Ok(judged) => {
                for (name, verdict) in judged {
                    keep(&kept_at[&name], &verdict)?;
                    refutations.entry(name).and_modify(|it| it.verdict = Some(verdict));
                }
            }
            // What they believe is worth reading all the same.
            Err(error) => println!("They cannot be judged now: {error:#}\n"),
        }
    }
    Ok(refutations.into_values().collect())
}

/// A verdict that was kept; one that cannot be read is as good as none.
fn recall(kept: &PathBuf) -> Option<Verdict> {
    serde_json::from_str(&fs::read_to_string(kept).ok()?).ok()
}

fn keep(kept: &PathBuf, verdict: &Verdict) -> Result<()> {
    let text = serde_json::to_string(verdict).context("a verdict can be written down")?;
    let folder = kept.parent().expect("it lies below the scratch folder");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(kept, text))
        .with_context(|| format!("{} cannot be written", kept.display()))
}

impl Refutation {
    fn tell(&self) -> String {
        let believes = format!("- **{}** {}", self.wrong.belief, self.wrong.rejected_by.in_words());
        let evidence = self.evidence().unwrap_or_default();
        let evidence: Vec<_> = evidence.lines().map(|line| format!("  {line}")).collect();
        format!(
            "{}  {}\n\n{}",
            markdown::render(&believes),
            self.path.bright_black(),
            evidence.join("\n").trim_end()
        )
    }

    /// The run or the input that breaks it, in the judge's words.
    fn evidence(&self) -> Option<String> {
        let text = match self.verdict.as_ref()? {
            Verdict::Passed { .. } => return None,
            Verdict::DoesNotCompile { errors } => errors,
            Verdict::Broke { story, .. } => story,
            Verdict::Failed(failures) => {
                let predicted = failures.iter().find(|failure| match &self.wrong.rejected_by {
                    Rejection::Test(test) | Rejection::Schedule { test, .. } => {
                        failure.test == *test
                    }
                    Rejection::Compiler(_) | Rejection::Breakage(_) => false,
                });
                &predicted.or(failures.first())?.message
            }
        };
        Some(shortened(&terminal::without_colours(text)))
    }
}

/// The part of a judge's message that shows what happened.
fn shortened(message: &str) -> String {
    let start = message.find("✗ ").unwrap_or_default();
    let is_for_its_author = |line: &&str| line.starts_with("The same run again:");
    let lines: Vec<_> = message[start..].lines().filter(|line| !is_for_its_author(line)).collect();
    let shown = lines[..lines.len().min(LINES)].join("\n");
    if lines.len() > LINES { format!("{shown}\n…") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_shown_from_its_fault_on() {
        let message = "a schedule breaks this program\n\n✗ deadlock: main waits.\n\n lanes\n\nThe same run again: …";
        assert_eq!(shortened(message), "✗ deadlock: main waits.\n\n lanes\n");
        assert_eq!(shortened("the till lost 1"), "the till lost 1");
    }
}
