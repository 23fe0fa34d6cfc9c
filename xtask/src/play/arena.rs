//! The program that is played: built once, and run once for each question about it.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use super::catalog::Playable;
use crate::cargo::{self, Progress};
use crate::course::Course;
use crate::judge::{self, DETOUR};
use crate::warden::{self, Ending, Job, Limits, Output};

/// What the line with the answer begins with.
const MARK: &str = "interleave: ";

/// A built test program, and the test in it that is played.
#[derive(Debug)]
pub struct Arena {
    program: PathBuf,
    test: String,
    folder: PathBuf,
}

/// Where a run stands.
#[derive(Debug, Clone, Deserialize)]
pub struct Position {
    /// The choices that have led here.
    pub schedule: String,
    /// All threads, by number.
    pub threads: Vec<Thread>,
    /// What they share, as far as it has a name.
    pub objects: Vec<Shared>,
    /// What can be chosen; empty at the end.
    pub ways: Vec<Way>,
    /// What went wrong, at the end.
    pub fault: Option<Fault>,
    /// What has happened.
    pub run: Recorded,
}

/// A thread, standing still.
#[derive(Debug, Clone, Deserialize)]
pub struct Thread {
    /// Its name.
    pub name: String,
    /// The line of its next step.
    pub place: Place,
    /// Its next step, or what it waits for.
    pub words: String,
    /// Whether it can move.
    pub ready: bool,
    /// Whether it has come to its end.
    pub ended: bool,
}

/// A line of the source.
#[derive(Debug, Clone, Deserialize)]
pub struct Place {
    /// The file, from the root of the course.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// Something the threads share.
#[derive(Debug, Clone, Deserialize)]
pub struct Shared {
    /// mutex, atomic …
    pub kind: String,
    /// What the program calls it.
    pub name: String,
    /// What it holds, where that is known.
    pub value: Option<String>,
    /// The threads that hold it.
    pub holders: Vec<usize>,
}

/// One of the ways on.
#[derive(Debug, Clone, Deserialize)]
pub struct Way {
    /// The thread that moves.
    pub thread: usize,
    /// What happens.
    pub words: String,
    /// The moves that lead there.
    pub moves: String,
}

/// What went wrong.
#[derive(Debug, Clone, Deserialize)]
pub struct Fault {
    /// lost update, deadlock …
    pub name: String,
    /// The name and a sentence.
    pub headline: String,
}

/// What has happened so far.
#[derive(Debug, Clone, Deserialize)]
pub struct Recorded {
    /// Step by step.
    pub events: Vec<Event>,
}

/// One step.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// The thread that did it.
    pub thread: usize,
    /// What it did.
    pub words: String,
}

/// A program that was asked where it stands, and came to another end.
#[derive(Debug)]
struct NoAnswer(String);

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "The program did not answer, so there is nothing to play. {}", self.0)
    }
}

impl Error for NoAnswer {}

/// A position with the run drawn as lanes.
#[derive(Debug, Clone, Deserialize)]
pub struct Seen {
    /// The position.
    pub position: Position,
    /// The run so far, or the whole report at the end of a failing one.
    pub report: Option<String>,
}

/// What a search through all runs says.
#[derive(Debug, Clone, Deserialize)]
pub struct Searched {
    report: Value,
    /// The clearest losing run as a picture, if there is one.
    pub svg: Option<String>,
    /// The report in words and lanes.
    pub drawn: String,
}

impl Searched {
    /// Whether some run goes wrong.
    #[must_use]
    pub fn finds_a_fault(&self) -> bool {
        !self.report["fault"].is_null()
    }

    /// How many runs it made.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.report["runs"].as_u64().unwrap_or(0)
    }

    /// The report for tools, as interleave's `Report::to_json` writes it.
    #[must_use]
    pub fn json(&self) -> String {
        format!("{:#}\n", self.report)
    }

    /// Whether all runs were made, so that none can go wrong.
    #[must_use]
    pub fn is_a_proof(&self) -> bool {
        self.report["complete"] == true && !self.finds_a_fault()
    }
}

#[derive(Deserialize)]
struct Nearest {
    schedule: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: Option<String>,
}

impl Arena {
    /// Builds what is played and chooses the test: the first that can go wrong, or else the first that
    /// explores. The inner error is the compiler's words about a student's answer.
    pub(super) fn build(
        course: &Course,
        playable: &Playable,
        live: bool,
    ) -> Result<Result<Self, String>> {
        let mut words = vec!["--package", &playable.package, "--test", &playable.target];
        if playable.is_exercise {
            let exercise = course.exercise(&playable.target)?;
            judge::lay_out(course, exercise)?;
            judge::touch(&course.root.join(exercise.judge_path()))?;
            words.extend(exercise.build_options(&course.root)?);
        }
        let progress = if live { Progress::Live } else { Progress::Silent };
        let mut build = cargo::build(&course.root, &words, progress)?;
        if let Some(errors) = build.errors.remove(&playable.target) {
            return Ok(Err(errors));
        }
        let program =
            build.executables.remove(&playable.target).context("the program was not built")?;
        let folder = course.root.join("crates");
        let mut arena = Arena { program, test: String::new(), folder };
        arena.test = arena.choose(&playable.tests)?;
        Ok(Ok(arena))
    }

    fn choose(&mut self, tests: &[String]) -> Result<String> {
        if let [only] = tests {
            return Ok(only.clone());
        }
        let mut most = None;
        for test in tests {
            self.test.clone_from(test);
            match self.search() {
                Ok(searched) if searched.finds_a_fault() => return Ok(test.clone()),
                // Where nothing goes wrong, the test with the most runs has the most to choose.
                Ok(searched) if most.is_none_or(|(_, runs)| runs < searched.runs()) => {
                    most = Some((test, searched.runs()));
                }
                Ok(_) => {}
                // There is no playing a program that does not come to its end, and no use in waiting for it again.
                Err(error) if error.is::<NoAnswer>() => return Err(error),
                // A simple test, which does not explore.
                Err(_) => {}
            }
        }
        most.map(|(test, _)| test.clone())
            .context("no test came to its schedules; cargo xtask check says what kept it")
    }

    /// The name of the test that is played, as the sentence it is.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.test.rsplit("::").next().unwrap_or(&self.test).replace('_', " ")
    }

    /// Where the run stands after these moves.
    ///
    /// # Errors
    /// When the program does not answer, or has no such run.
    pub fn position(&self, moves: &str) -> Result<Seen> {
        self.ask("INTERLEAVE_POSITION", moves)
    }

    /// A run that begins with these choices and goes wrong, as all its choices.
    ///
    /// # Errors
    /// When the program does not answer, or the search was given up.
    pub fn way_to_a_fault(&self, schedule: &str) -> Result<Option<String>> {
        self.ask::<Nearest>("INTERLEAVE_FAULT", schedule).map(|nearest| nearest.schedule)
    }

    /// What a search through all runs says.
    ///
    /// # Errors
    /// When the program does not answer.
    pub fn search(&self) -> Result<Searched> {
        self.ask("INTERLEAVE_REPORT", "yes")
    }

    fn ask<T: for<'a> Deserialize<'a>>(&self, variable: &str, value: &str) -> Result<T> {
        let outcome = warden::run(&Job {
            program: self.program.clone(),
            args: ["--exact", &self.test, "--test-threads=1", "--nocapture"]
                .map(String::from)
                .into(),
            env: vec![
                (variable.into(), value.into()),
                (cargo::colour().into(), "1".into()),
                ("RUST_BACKTRACE".into(), "0".into()),
            ],
            dir: self.folder.clone(),
            // A long run is a long line.
            limits: Limits { keep_output_bytes: 8 << 20, ..Limits::for_answers() },
            output: Output::Capture,
        })?;
        let stdout = outcome.stdout.text();
        let Some(answer) = stdout.lines().rev().find_map(|line| line.strip_prefix(MARK)) else {
            match outcome.ending {
                Ending::Exited(_) => bail!("the program did not come to its `check`"),
                ending => bail!(NoAnswer(ending.to_string())),
            }
        };
        let answer = answer.replace(DETOUR, "");
        if let Ok(Refusal { error: Some(error) }) = serde_json::from_str(&answer) {
            bail!("{error}");
        }
        serde_json::from_str(&answer).context("the program's answer cannot be read")
    }
}
