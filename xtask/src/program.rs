//! Builds and runs a lesson's program, and reads back what it recorded.

use std::path::Path;

use anyhow::{Context, Result, bail};
use timeline::Record;

use crate::cargo::{self, Progress};
use crate::course::{Course, Lesson, read};
use crate::warden::{self, Job, Limits, Outcome, Output};

/// A run of a lesson's program.
pub struct Run {
    /// What it was given.
    pub knobs: Vec<String>,
    /// How it ended, and what it printed where that was captured.
    pub outcome: Outcome,
    /// The timelines it recorded, one for each scene.
    pub records: Vec<Record>,
}

impl Run {
    /// A number that this run measured, by name; the latest scene that has it.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<f64> {
        self.records.iter().rev().find_map(|record| record.number(name))
    }

    /// Whether the program ended as it should.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        matches!(self.outcome.ending, warden::Ending::Exited(0))
    }
}

/// Where a program's output goes.
#[derive(Clone, Copy, PartialEq)]
pub enum Show {
    /// Straight to the terminal, progress bars and all.
    Live,
    /// Into [`Run::outcome`].
    Captured,
}

/// The command that runs the program without this tool.
#[must_use]
pub fn command_line(lesson: &Lesson, knobs: &[String]) -> String {
    let mut line = format!("cargo run -q -p {} --example {}", lesson.chapter, lesson.name);
    if !knobs.is_empty() {
        line.push_str(&format!(" -- {}", knobs.join(" ")));
    }
    line
}

/// Builds the lesson's program, then runs it with these knobs.
///
/// # Errors
/// When it does not build (the message holds the compiler's words) or cannot be started.
pub fn run(course: &Course, lesson: &Lesson, knobs: &[String], show: Show) -> Result<Run> {
    let progress = if show == Show::Live { Progress::Live } else { Progress::Silent };
    let program = build(course, lesson, progress)?;
    let scratch = course.scratch();
    std::fs::create_dir_all(&scratch)
        .with_context(|| format!("{} cannot be made", scratch.display()))?;
    // One file per runner: two terminals may run lessons at once.
    let record = scratch.join(format!("run-{}.timeline", std::process::id()));
    let outcome = warden::run(&Job {
        program,
        args: knobs.to_vec(),
        env: vec![("TIMELINE_RECORD".into(), record.display().to_string())],
        dir: course.root.clone(),
        // A lesson may take as long as its knobs say; Ctrl-C ends it.
        limits: Limits::for_lessons(),
        output: if show == Show::Live { Output::Inherit } else { Output::Capture },
    })?;
    let records = read_records(&record);
    Ok(Run { knobs: knobs.to_vec(), outcome, records: records? })
}

/// The program's own help, asked for behind these knobs: a program reads them first, and stops at one that is wrong.
///
/// # Errors
/// When it does not build, cannot be started, or does not take the knobs; the message is in the program's words.
pub fn help(
    course: &Course,
    lesson: &Lesson,
    knobs: &[String],
    progress: Progress,
) -> Result<String> {
    let outcome = warden::run(&Job {
        program: build(course, lesson, progress)?,
        args: [knobs, &["--help".to_owned()]].concat(),
        env: Vec::new(),
        dir: course.root.clone(),
        limits: Limits::for_lessons(),
        output: Output::Capture,
    })?;
    if matches!(outcome.ending, warden::Ending::Exited(0)) {
        return Ok(outcome.stdout.text());
    }
    let said = outcome.stderr.text();
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    let said = said.split("\nFor more information").next().unwrap_or_default().trim_end();
    bail!("{said}\nIts knobs: cargo xtask lesson {} -- --help", lesson.name)
}

fn build(course: &Course, lesson: &Lesson, progress: Progress) -> Result<std::path::PathBuf> {
    let manifest = read(&course.root.join("crates").join(&lesson.chapter).join("Cargo.toml"))?;
    let features = required_features(&manifest, &lesson.name);
    let mut arguments = vec!["--package", &lesson.chapter, "--example", &lesson.name];
    // Only what this program needs, so that the first lesson does not wait for the third one's libraries.
    arguments.extend(["--no-default-features", "--features", &features]);
    let mut build = cargo::build(&course.root, &arguments, progress)?;
    if let Some(program) = build.executables.remove(&lesson.name) {
        cargo::fetch_the_rest(course, progress)?;
        return Ok(program);
    }
    let errors: String = build.errors.into_values().collect();
    let way_out = cargo::missing_piece(&errors).unwrap_or(
        "The lesson's program does not compile. If you changed it on purpose, undo with git.",
    );
    bail!("{errors}\n{way_out}")
}

/// What the manifest's `[[example]]` of this name requires, as Cargo's `--features` wants it.
fn required_features(manifest: &str, example: &str) -> String {
    let sections =
        manifest.split("[[example]]").skip(1).map(|rest| rest.split("\n[").next().unwrap_or(rest));
    let named = sections.filter(|section| section.contains(&format!("name = \"{example}\"")));
    let lines =
        named.flat_map(str::lines).filter_map(|line| line.strip_prefix("required-features = "));
    lines.map(|list| list.replace(['[', ']', '"', ' '], "")).collect()
}

/// Reads the timelines and removes the file; a program that records nothing leaves none.
fn read_records(file: &Path) -> Result<Vec<Record>> {
    let Ok(text) = std::fs::read_to_string(file) else { return Ok(Vec::new()) };
    // It was read; left behind, it would be the next run's first scene.
    let _ = std::fs::remove_file(file);
    Record::read_all(&text).context("the program recorded a timeline that cannot be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_asks_for_the_features_it_requires() {
        let manifest = "[features]\nhttp = []\n\n[[example]]\nname = \"a\"\nrequired-features = [\"http\", \"tls\"]\n\n\
            [[example]]\nname = \"b\"\n\n[lints]\nworkspace = true\n";
        assert_eq!(required_features(manifest, "a"), "http,tls");
        assert_eq!(required_features(manifest, "b"), "");
        assert_eq!(required_features(manifest, "c"), "");
    }
}
