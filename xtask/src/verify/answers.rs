//! The answers that lie in the course, what is expected of each, and what their author forgot.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::package;
use crate::answer::{self, Rejection};
use crate::course::{Course, Exercise, read};

/// What is expected of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// A starter compiles and fails.
    Fails,
    /// A solution passes.
    Passes,
    /// A wrong answer is rejected as it predicts.
    Rejected(Rejection),
}

/// An answer that can be built with its judge.
pub(super) struct Answer<'a> {
    pub(super) exercise: Exercise<'a>,
    /// The name of its test program.
    pub(super) program: String,
    pub(super) file: PathBuf,
    pub(super) expected: Expected,
    /// Whether its judge goes through all schedules.
    pub(super) is_explored: bool,
}

impl Answer<'_> {
    /// Whether it is also run once on the real `std`, to see what that would have noticed.
    pub(super) fn is_run_plainly(&self) -> bool {
        self.is_explored && self.expected != Expected::Fails
    }

    pub(super) fn plain_program(&self) -> String {
        format!("{}__plain", self.program)
    }

    pub(super) fn is_wrong(&self) -> bool {
        matches!(self.expected, Expected::Rejected(_))
    }
}

/// The name of the test program of a wrong answer.
pub(super) fn program_of_wrong(exercise: Exercise, stem: &str) -> String {
    format!("{}__wrong_{stem}", exercise.name)
}

/// The answers of an exercise that can be judged, and a sentence for each that cannot.
pub(super) fn of<'a>(course: &Course, exercise: Exercise<'a>) -> (Vec<Answer<'a>>, Vec<String>) {
    let mut slips = Vec::new();
    let judge_path = exercise.judge_path();
    let folder = exercise.solution_folder();
    let Ok(judge) = read(&course.root.join(&judge_path)) else {
        slips.push(format!(
            "{folder}: the solution is without its judge. Write {judge_path}, or take `{}` out of \
             the page {}.",
            exercise.name,
            exercise.lesson.page_path()
        ));
        return (Vec::new(), slips);
    };
    let line = package::path_line(exercise);
    if !judge.contains(&line) {
        slips.push(format!("{judge_path}: the judge must pull the answer in with {line}"));
        return (Vec::new(), slips);
    }
    let is_explored = judge.lines().any(|line| line == package::SWAP);
    let mut answers = Vec::new();
    let mut add = |program: String, path: String, expected| match read(&course.root.join(&path)) {
        Ok(text) if is_empty(&text) => slips.push(format!(
            "{path}: it is empty. Write the answer below its first line; {judge_path} says what is \
             asked of it."
        )),
        Ok(_) => {
            let file = course.root.join(path);
            answers.push(Answer { exercise, program, file, expected, is_explored });
        }
        Err(_) => slips.push(format!("{path}: there is no such file, or no text in it. Write it.")),
    };
    let name = exercise.name;
    add(format!("{name}__starter"), exercise.starter_path(), Expected::Fails);
    add(format!("{name}__solution"), format!("{folder}/solution.rs"), Expected::Passes);
    let mut unread = Vec::new();
    let wrong = exercise.wrong_answers(&course.root).unwrap_or_default();
    for file in &wrong {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let path = format!("{folder}/wrong/{stem}.rs");
        match read(file).and_then(|text| answer::parse_wrong(&text)) {
            Ok(wrong) => {
                add(program_of_wrong(exercise, &stem), path, Expected::Rejected(wrong.rejected_by));
            }
            Err(error) => unread.push(format!("{path}: {error:#}")),
        }
    }
    slips.extend(unread);
    if !(1..=6).contains(&wrong.len()) {
        slips.push(format!(
            "{folder}/wrong: there are {} wrong answers; it should be 1 to 6.",
            wrong.len()
        ));
    }
    if let Some(slip) = renamed(course, exercise) {
        slips.push(slip);
    }
    (answers, slips)
}

/// Solutions that no page's exercise belongs to: nobody would ever judge them.
pub(super) fn orphans(course: &Course) -> Result<Vec<String>> {
    let named: BTreeSet<_> =
        course.exercises().map(|exercise| exercise.solution_folder()).collect();
    let chapters: BTreeSet<_> = course.lessons.iter().map(|lesson| &lesson.chapter).collect();
    let mut orphans = Vec::new();
    for chapter in chapters {
        let folder = course.root.join("solutions").join(chapter);
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("{} cannot be listed", folder.display()))?;
        let paths = entries
            .flatten()
            .map(|entry| format!("solutions/{chapter}/{}", entry.file_name().to_string_lossy()));
        orphans.extend(paths.filter(|path| !named.contains(path)).map(|path| {
            format!(
                "{path}: no page names this exercise, so nobody judges it. Name it below \"Make\"."
            )
        }));
    }
    orphans.sort();
    Ok(orphans)
}

/// Whether a file says nothing but what it is for.
fn is_empty(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with("//"))
}

/// What the starter offers and the solution does not: a name that was changed on one side only.
fn renamed(course: &Course, exercise: Exercise) -> Option<String> {
    let solution = format!("{}/solution.rs", exercise.solution_folder());
    let starter = exercise.starter_path();
    let text = |path: &str| read(&course.root.join(path)).ok();
    let (offered, there) = (text(&starter)?, text(&solution)?);
    if is_empty(&there) {
        return None;
    }
    let there: BTreeSet<_> = public_names(&there).collect();
    let missing: Vec<_> = public_names(&offered)
        .filter(|name| !there.contains(name))
        .map(|name| format!("`{name}`"))
        .collect();
    let is_complete = missing.is_empty();
    (!is_complete).then(|| {
        format!(
            "{starter} names {}, and {solution} does not: renamed on one side only? Give both the \
             same names.",
            missing.join(", ")
        )
    })
}

/// The names that a file offers to whoever uses it, in its own order.
fn public_names(text: &str) -> impl Iterator<Item = &str> {
    const KINDS: [&str; 7] = ["fn", "struct", "enum", "trait", "type", "const", "static"];
    text.lines().filter_map(|line| {
        let mut words = line.trim_start().strip_prefix("pub ")?.split(' ').peekable();
        while words.next_if(|word| matches!(*word, "async" | "unsafe")).is_some() {}
        let mut kind = words.next()?;
        if kind == "const" && words.peek() == Some(&"fn") {
            kind = words.next()?;
        }
        let name = KINDS.contains(&kind).then(|| words.next())??;
        name.split(|c: char| !c.is_alphanumeric() && c != '_').next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_that_a_file_offers_are_found() {
        let text = "pub struct Till {\n    pub total: u32,\n}\nimpl Till {\n    pub fn sell(&self) {}\n    fn own() {}\n}\npub async fn serve<T>() {}\npub const fn of() {}\n";
        assert_eq!(public_names(text).collect::<Vec<_>>(), ["Till", "sell", "serve", "of"]);
    }

    #[test]
    fn a_file_of_comments_is_empty() {
        assert!(is_empty("//! What it is for.\n\n// Later.\n"));
        assert!(!is_empty("//! What it is for.\n\npub fn stir() {}\n"));
    }
}
