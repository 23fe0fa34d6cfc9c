//! Rustlings with one of our exercises: its answer and its judge in one file, as rustlings has it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::seat::Seat;
use super::watch::Watcher;
use crate::course::{Course, Exercise, read};

/// The tool, installed on this machine.
pub(super) struct Rustlings(());

impl Rustlings {
    /// Finds it on the PATH.
    pub(super) fn find() -> Option<Self> {
        let mut command = Command::new("rustlings");
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success()).then_some(Self(()))
    }

    /// Makes a course of its kind with this one exercise below `folder`: where it lies, and the exercise's file.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub(super) fn set_up(
        &self,
        course: &Course,
        exercise: Exercise,
        folder: &Path,
    ) -> Result<(PathBuf, PathBuf)> {
        let folder = folder.join("rustlings").join(exercise.name);
        let file = folder.join("exercises").join(format!("{}.rs", exercise.name));
        fs::create_dir_all(folder.join("exercises")).context("no folder for rustlings")?;
        let put = |name: &str, text: &str| {
            fs::write(folder.join(name), text).context("no folder for rustlings")
        };
        put("info.toml", &info(exercise))?;
        put("Cargo.toml", &manifest(course, exercise)?)?;
        put("Cargo.lock", &read(&course.root.join("Cargo.lock"))?)?;
        let starter = read(&course.root.join(exercise.starter_path()))?;
        fs::write(&file, in_one_file(course, exercise, &starter)?).context("no file")?;
        // It remembers what is done, and would not start at what is.
        let _ = fs::remove_file(folder.join(".rustlings-state.txt"));
        Ok((folder, file))
    }

    /// Makes such a course, seats its watch there, and waits for its first verdict.
    ///
    /// # Errors
    /// When the folder cannot be written, or the watch not be driven.
    pub(super) fn start(
        &self,
        course: &Course,
        exercise: Exercise,
        folder: &Path,
    ) -> Result<Watcher> {
        let (folder, file) = self.set_up(course, exercise, folder)?;
        let mut command = Command::new("rustlings");
        // Its own target folder: it asks Cargo where that is, and Cargo must not say ours.
        command.current_dir(&folder).env_remove("CARGO_TARGET_DIR").env_remove("NO_COLOR");
        command.env("CARGO_NET_OFFLINE", "true");
        let mut seat = Seat::take(command)?;
        seat.hear(":quit")?;
        Ok(Watcher { seat, file, notices: "Checking the exercise", verdict: &[":quit"] })
    }
}

fn info(exercise: Exercise) -> String {
    let name = exercise.name;
    format!("format_version = 1\n\n[[exercises]]\nname = \"{name}\"\nhint = \"\"\n")
}

/// The exercises' own libraries, features and profile, around one program.
fn manifest(course: &Course, exercise: Exercise) -> Result<String> {
    let name = exercise.name;
    let ours = read(&course.root.join("exercises/Cargo.toml"))?;
    let (_, libraries) = ours.split_once("[dev-dependencies]").context("judges use libraries")?;
    let workspace = read(&course.root.join("Cargo.toml"))?
        .replace("path = \"crates/", &format!("path = \"{}/crates/", course.root.display()));
    let is_kept =
        |line: &&str| !["members", "default-members"].iter().any(|key| line.starts_with(key));
    let workspace: String =
        workspace.lines().filter(is_kept).map(|line| format!("{line}\n")).collect();
    Ok(format!(
        "[package]\nname = \"exercises\"\nedition = \"2024\"\npublish = false\n\n\
         [[bin]]\nname = \"{name}\"\npath = \"exercises/{name}.rs\"\n\n[dependencies]{libraries}\n{workspace}"
    ))
}

/// An answer and its judge as one program.
///
/// # Errors
/// When the judge cannot be read.
pub(super) fn in_one_file(course: &Course, exercise: Exercise, answer: &str) -> Result<String> {
    let swap = "extern crate interleave as ";
    let judge = read(&course.root.join(exercise.judge_path()))?;
    let root: Vec<_> = judge.lines().filter(|line| line.starts_with(swap)).collect();
    let root = root.join("\n");
    let is_kept = |line: &&str| {
        !["//!", swap, "#[path", "mod exercise;"].iter().any(|start| line.starts_with(start))
    };
    let judge: String = judge.lines().filter(is_kept).map(|line| format!("{line}\n")).collect();
    Ok(format!(
        "{root}\n{}\nfn main() {{}}\n\n#[cfg(test)]\nmod judge {{\n\
         mod exercise {{\npub use super::super::*;\n}}\n{judge}\n}}\n",
        answer.replace("//!", "//")
    ))
}
