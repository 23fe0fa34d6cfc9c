//! Builds and runs a lesson's program, and reads back what it recorded.

use std::path::Path;

use anyhow::{Context, Result, bail};
use timeline::Record;

use crate::cargo::{self, Progress};
use crate::course::{Course, Lesson};
use crate::warden::{self, Job, Limits, Outcome, Output};

/// A run of a lesson's program.
pub struct Run {
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
    let program = build(course, lesson, show)?;
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
    Ok(Run { outcome, records: records? })
}

fn build(course: &Course, lesson: &Lesson, show: Show) -> Result<std::path::PathBuf> {
    let progress = if show == Show::Live { Progress::Live } else { Progress::Silent };
    let arguments = ["--package", &lesson.chapter, "--example", &lesson.name];
    let mut build = cargo::build(&course.root, &arguments, progress)?;
    if let Some(program) = build.executables.remove(&lesson.name) {
        return Ok(program);
    }
    let errors: String = build.errors.into_values().collect();
    let way_out = cargo::missing_piece(&errors).unwrap_or(
        "The lesson's program does not compile. If you changed it on purpose, undo with git.",
    );
    bail!("{errors}\n{way_out}")
}

/// Reads the timelines and removes the file; a program that records nothing leaves none.
fn read_records(file: &Path) -> Result<Vec<Record>> {
    let Ok(text) = std::fs::read_to_string(file) else { return Ok(Vec::new()) };
    // It was read; left behind, it would be the next run's first scene.
    let _ = std::fs::remove_file(file);
    Record::read_all(&text).context("the program recorded a timeline that cannot be read")
}
