//! Fills the pages from the real thing: code quoted by name, output of commands, titles, lists.
//!
//! Weaving is pure where it can be: [`page`] turns a page's text into its fresh text, so a test can
//! say which page is stale without writing anything.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail, ensure};

use crate::cargo;
use crate::course::{Course, Lesson, SUMMARY, read};
use crate::quote;

/// The README's list of lessons stands between these two lines.
const LESSONS: (&str, &str) = ("<!-- lessons -->", "<!-- /lessons -->");

/// Every derived text that is not what the file holds: its path below the root, and the fresh text.
///
/// # Errors
/// When a quoted item is gone, or a command fails.
pub fn stale(course: &Course, wanted: impl Fn(&Lesson) -> bool) -> Result<Vec<(String, String)>> {
    let mut stale = Vec::new();
    let mut compare = |path: String, fresh: String| -> Result<()> {
        if read(&course.root.join(&path))? != fresh {
            stale.push((path, fresh));
        }
        Ok(())
    };
    let wanted: Vec<_> = course.lessons.iter().filter(|lesson| wanted(lesson)).collect();
    for page in fresh_pages(course, &wanted) {
        let (path, fresh) = page?;
        compare(path, fresh)?;
    }
    compare(SUMMARY.to_owned(), summary(course)?)?;
    compare("README.md".to_owned(), readme(course)?)?;
    Ok(stale)
}

/// Each page's path below the root and its fresh text. Programs spend most of their time waiting, so
/// several run at once.
fn fresh_pages(course: &Course, lessons: &[&Lesson]) -> Vec<Result<(String, String)>> {
    const AT_ONCE: usize = 4;
    let fresh = |lesson: &Lesson| {
        let path = format!("tutorial/src/{}", lesson.page_path());
        let text = read(&course.root.join(&path))?;
        let fresh = page(&course.root, lesson, &text).with_context(|| format!("in {path}"))?;
        Ok((path, fresh))
    };
    thread::scope(|scope| {
        let groups: Vec<_> = lessons
            .chunks(lessons.len().div_ceil(AT_ONCE).max(1))
            .map(|group| scope.spawn(|| group.iter().map(|lesson| fresh(lesson)).collect()))
            .collect();
        let pages = groups.into_iter().map(|group| group.join().expect("weaving does not panic"));
        pages.collect::<Vec<Vec<_>>>().into_iter().flatten().collect()
    })
}

/// The page's text with every quote and every output fresh.
///
/// # Errors
/// When a quoted item is gone, or a command fails.
pub fn page(root: &Path, lesson: &Lesson, text: &str) -> Result<String> {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let fresh = match mark(line) {
            Some(Mark::Quote(what)) => quoted(root, lesson, what)?,
            Some(Mark::Output) => {
                let block: Vec<_> = lines.clone().take_while(|line| *line != "```").collect();
                let command = block.iter().find_map(|line| line.strip_prefix("$ "));
                let command = command
                    .context("`<!-- output -->` needs a ```console block that starts with `$ `")?;
                format!("$ {command}\n{}", output(root, command)?)
            }
            None => continue,
        };
        let fence = lines.next().filter(|line| line.starts_with("```"));
        let fence = fence.with_context(|| format!("{line} needs a code block on the next line"))?;
        let closed = lines.by_ref().any(|line| line == "```");
        ensure!(closed, "the code block below {line} is never closed");
        out.push_str(&format!("{fence}\n{}\n```\n", fresh.trim_end()));
    }
    Ok(out)
}

enum Mark<'a> {
    Quote(&'a str),
    Output,
}

fn mark(line: &str) -> Option<Mark<'_>> {
    let comment = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    match comment.strip_prefix("quote: ") {
        Some(what) => Some(Mark::Quote(what)),
        None => (comment == "output").then_some(Mark::Output),
    }
}

/// `fn main` (of the page's program), `python def main` (of its twin), or `path/to/file.rs fn main`.
fn quoted(root: &Path, lesson: &Lesson, what: &str) -> Result<String> {
    let in_file = |path: &str, item: &str| -> Result<String> {
        let source = read(&root.join(path))?;
        let text = if path.ends_with(".py") {
            quote::python_item(&source, item)
        } else {
            quote::rust_item(&source, item)
        };
        text.with_context(|| format!("in {path}"))
    };
    if let Some(item) = what.strip_prefix("python ") {
        return in_file(&lesson.twin_path(), item);
    }
    match what.split_once(' ') {
        Some((path, item)) if path.contains('/') => in_file(path, item),
        _ => in_file(&lesson.program_path(), what),
    }
}

/// Runs one of the commands that pages may show, and returns what it printed on stdout.
fn output(root: &Path, command: &str) -> Result<String> {
    let words: Vec<_> = command.split_whitespace().collect();
    ensure!(words.first() == Some(&"cargo"), "a page may only run cargo, not `{command}`");
    let cargo = cargo::program();
    let run = Command::new(cargo)
        .args(&words[1..])
        .current_dir(root)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{command}` cannot be run"))?;
    if !run.status.success() {
        bail!("`{command}` failed:\n{}", String::from_utf8_lossy(&run.stderr));
    }
    Ok(String::from_utf8_lossy(&run.stdout).into_owned())
}

/// `SUMMARY.md` with every lesson's title as its page has it.
fn summary(course: &Course) -> Result<String> {
    let text = read(&course.root.join(SUMMARY))?;
    let lines = text.lines().map(|line| {
        let lesson = course
            .lessons
            .iter()
            .find(|lesson| line.ends_with(&format!("]({})", lesson.page_path())));
        match lesson {
            Some(lesson) => format!("- [{}]({})\n", lesson.page.title, lesson.page_path()),
            None => format!("{line}\n"),
        }
    });
    Ok(lines.collect())
}

/// The README with the list of lessons as `SUMMARY.md` and the pages have it.
fn readme(course: &Course) -> Result<String> {
    let text = read(&course.root.join("README.md"))?;
    let (before, rest) =
        text.split_once(LESSONS.0).with_context(|| format!("README.md lacks {}", LESSONS.0))?;
    let (_, after) =
        rest.split_once(LESSONS.1).with_context(|| format!("README.md lacks {}", LESSONS.1))?;
    let mut table = String::from("\n| | Lesson | Exercises |\n|--:|---|---|\n");
    for lesson in &course.lessons {
        let title = format!("[{}](tutorial/src/{})", lesson.page.title, lesson.page_path());
        let exercises: Vec<_> =
            lesson.exercises().map(|exercise| format!("`{}`", exercise.name)).collect();
        table.push_str(&format!("| {} | {title} | {} |\n", lesson.number, exercises.join(" ")));
    }
    Ok(format!("{before}{}{table}{}{after}", LESSONS.0, LESSONS.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_marks_are_marks() {
        assert!(matches!(mark("<!-- quote: fn main -->"), Some(Mark::Quote("fn main"))));
        assert!(matches!(mark("<!-- output -->"), Some(Mark::Output)));
        assert!(mark("<!-- speedup: 1..2 -->").is_none());
        assert!(mark("prose").is_none());
    }
}
