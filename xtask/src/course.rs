//! The course as it stands in the folders: its lessons in order, its exercises, where each file lives.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::page::Page;

/// Everything there is to learn, read from `tutorial/src/SUMMARY.md` and the pages it lists.
#[derive(Debug)]
pub struct Course {
    /// The folder that holds `tutorial`, `exercises` and the rest.
    pub root: PathBuf,
    /// In the order of `SUMMARY.md`.
    pub lessons: Vec<Lesson>,
}

/// One lesson: a page and a program that share a name.
#[derive(Debug)]
pub struct Lesson {
    /// Its place in `SUMMARY.md`, from 1.
    pub number: usize,
    /// The crate that owns the program, which is also the page's folder.
    pub chapter: String,
    /// The name that page, program and twin share.
    pub name: String,
    /// The page, taken apart.
    pub page: Page,
}

/// One exercise: a starter, a judge, a solution, wrong answers, and the student's own copy.
#[derive(Debug, Clone, Copy)]
pub struct Exercise<'a> {
    /// The name that its files share.
    pub name: &'a str,
    /// The lesson it belongs to.
    pub lesson: &'a Lesson,
}

/// The ordered list of lessons.
pub const SUMMARY: &str = "tutorial/src/SUMMARY.md";

impl Course {
    /// Reads the course whose folder the current folder lies in.
    ///
    /// # Errors
    /// When there is none, or a page cannot be read; the message names the file.
    pub fn open() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let root = here.ancestors().find(|folder| folder.join(SUMMARY).is_file());
        let root = root.with_context(|| {
            format!(
                "{} is not inside the course. Change to the folder you cloned it into.",
                here.display()
            )
        })?;
        Self::read(root)
    }

    /// Reads the course in `root`.
    ///
    /// # Errors
    /// When a page cannot be read; the message names the file.
    pub fn read(root: &Path) -> Result<Self> {
        let summary = read(&root.join(SUMMARY))?;
        let lines = summary.lines().filter_map(lesson_of_line);
        let lessons = lines.enumerate().map(|(at, path)| Lesson::read(root, at + 1, path));
        Ok(Self { root: root.to_owned(), lessons: lessons.collect::<Result<_>>()? })
    }

    /// The lesson with this number or name.
    ///
    /// # Errors
    /// When there is none; the message names the nearest.
    pub fn lesson(&self, wanted: &str) -> Result<&Lesson> {
        let matches = |lesson: &&Lesson| match wanted.parse::<usize>() {
            Ok(number) => lesson.number == number,
            Err(_) => lesson.name == wanted,
        };
        if let Some(lesson) = self.lessons.iter().find(matches) {
            return Ok(lesson);
        }
        if wanted.parse::<usize>().is_ok() {
            bail!(
                "There is no lesson {wanted}: they go from 1 to {}. See them: cargo xtask list",
                self.lessons.len()
            );
        }
        if let Some(exercise) = self.exercises().find(|exercise| exercise.name == wanted) {
            let lesson = exercise.lesson.number;
            bail!(
                "`{wanted}` is an exercise of lesson {lesson}. Read that: cargo xtask lesson {lesson}. \
                 Answer it: cargo xtask check {wanted}"
            );
        }
        let names = self.lessons.iter().map(|lesson| lesson.name.as_str());
        bail!(
            "There is no lesson called `{wanted}`.{} See them: cargo xtask list",
            nearest(wanted, names)
        )
    }

    /// All exercises, in the order of their lessons.
    pub fn exercises(&self) -> impl Iterator<Item = Exercise<'_>> {
        self.lessons.iter().flat_map(Lesson::exercises)
    }

    /// The exercise with this name.
    ///
    /// # Errors
    /// When there is none; the message names the nearest.
    pub fn exercise(&self, wanted: &str) -> Result<Exercise<'_>> {
        if let Some(exercise) = self.exercises().find(|exercise| exercise.name == wanted) {
            return Ok(exercise);
        }
        if let Ok(lesson) = self.lesson(wanted) {
            bail!("`{wanted}` is a lesson. Its exercises: {}", lesson.page.exercises.join(", "));
        }
        let near = nearest(wanted, self.exercises().map(|exercise| exercise.name));
        bail!("There is no exercise called `{wanted}`.{near} See them: cargo xtask list")
    }

    /// A folder for what the tool itself makes and may lose.
    #[must_use]
    pub fn scratch(&self) -> PathBuf {
        self.root.join("target/xtask")
    }
}

impl Lesson {
    fn read(root: &Path, number: usize, path: &str) -> Result<Self> {
        let Some((chapter, name)) = path.strip_suffix(".md").and_then(|path| path.split_once('/'))
        else {
            bail!("{SUMMARY}: `{path}` should be chapter/name.md");
        };
        let file = root.join("tutorial/src").join(path);
        let page = Page::parse(&read(&file)?).with_context(|| format!("in {}", file.display()))?;
        let page_names_an_exercise = !page.exercises.is_empty();
        ensure!(
            page_names_an_exercise,
            "{}: \"Make\" names no exercise: - `name`: …",
            file.display()
        );
        Ok(Self { number, chapter: chapter.to_owned(), name: name.to_owned(), page })
    }

    /// The page's path below `tutorial/src`.
    #[must_use]
    pub fn page_path(&self) -> String {
        format!("{}/{}.md", self.chapter, self.name)
    }

    /// The program's path below the root.
    #[must_use]
    pub fn program_path(&self) -> String {
        format!("crates/{}/examples/{}.rs", self.chapter, self.name)
    }

    /// The Python twin's path below the root.
    #[must_use]
    pub fn twin_path(&self) -> String {
        format!("crates/{}/python/{}.py", self.chapter, self.name)
    }

    /// The lesson's exercises, in the page's order.
    pub fn exercises(&self) -> impl Iterator<Item = Exercise<'_>> {
        self.page.exercises.iter().map(|name| Exercise { name, lesson: self })
    }
}

/// Overrides what the workspace's manifest says of judges.
const WITH_LINES: [&str; 4] = [
    "--config",
    "profile.dev.package.exercises.debug = 'line-tables-only'",
    "--config",
    "profile.dev.package.exercises.strip = 'none'",
];

impl Exercise<'_> {
    /// The student's copy: the one file to edit. Path below the root.
    #[must_use]
    pub fn copy_path(&self) -> String {
        format!("exercises/{}/{}.rs", self.lesson.chapter, self.name)
    }

    /// The course's own starter, which nobody edits. Path below the root.
    #[must_use]
    pub fn starter_path(&self) -> String {
        format!("exercises/starters/{}/{}.rs", self.lesson.chapter, self.name)
    }

    /// The judge. Path below the root.
    #[must_use]
    pub fn judge_path(&self) -> String {
        format!("exercises/tests/{}.rs", self.name)
    }

    /// The folder with the solution, the hints and the wrong answers. Path below the root.
    #[must_use]
    pub fn solution_folder(&self) -> String {
        format!("solutions/{}/{}", self.lesson.chapter, self.name)
    }

    /// Whether its judge tries every schedule.
    ///
    /// # Errors
    /// When the judge cannot be read.
    pub fn explores_schedules(&self, root: &Path) -> Result<bool> {
        Ok(read(&root.join(self.judge_path()))?.contains("extern crate interleave as std;"))
    }

    /// What Cargo is told of its judge, besides the name.
    ///
    /// Nothing but the stack knows the line of an await, and only debug information knows the lines of a stack.
    /// It costs time in every link, so a judge that runs tasks has it, and no other.
    ///
    /// # Errors
    /// When the judge cannot be read.
    pub fn build_options(&self, root: &Path) -> Result<&'static [&'static str]> {
        let runs_tasks = read(&root.join(self.judge_path()))?.contains("std::tasks");
        Ok(if runs_tasks { &WITH_LINES } else { &[] })
    }

    /// The wrong answers' files, sorted by name.
    ///
    /// # Errors
    /// When their folder cannot be listed.
    pub fn wrong_answers(&self, root: &Path) -> Result<Vec<PathBuf>> {
        let folder = root.join(self.solution_folder()).join("wrong");
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("{} cannot be listed", folder.display()))?;
        let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        Ok(files)
    }
}

/// Reads a file, or says which one could not be read.
///
/// # Errors
/// When it cannot be read as text.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The page that a bullet of `SUMMARY.md` links to: `- [Title](threads/downloads.md)`.
fn lesson_of_line(line: &str) -> Option<&str> {
    let link = line.trim_start().strip_prefix("- [")?;
    Some(link.split_once("](")?.1.split_once(')')?.0)
}

/// " Did you mean `x`?", or nothing when no name is near.
fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> String {
    let scored = names.map(|name| (strsim::jaro_winkler(wanted, name), name));
    match scored.max_by(|a, b| a.0.total_cmp(&b.0)) {
        // Below this, the nearest name looks unrelated and would only confuse.
        Some((score, name)) if score > 0.7 => format!(" Did you mean `{name}`?"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bullet_of_the_summary_names_its_page() {
        assert_eq!(
            lesson_of_line("- [The kitchen](threads/kitchen.md)"),
            Some("threads/kitchen.md")
        );
        assert_eq!(lesson_of_line("# Threads"), None);
        assert_eq!(lesson_of_line("[Too Many Cooks](index.md)"), None);
    }

    #[test]
    fn a_typing_error_is_answered_with_the_nearest_name() {
        let names = ["downloads", "kitchen"];
        assert_eq!(nearest("donwloads", names.into_iter()), " Did you mean `downloads`?");
        assert_eq!(nearest("xyz", names.into_iter()), "");
    }
}
