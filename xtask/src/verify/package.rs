//! The package in which answers are built, all at once, each below its judge.
//!
//! It lies below `target/` and has one test program for each answer, so an answer that does not
//! compile keeps no other from its verdict. The judge is the student's own, word for word but for the
//! path of the answer; and once more, where it explores schedules, without the line that lets it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::answers::Answer;
use crate::cargo::{self, Build, Progress};
use crate::course::{Course, Exercise, read};
use crate::judge;

/// The line by which a judge explores schedules instead of running once.
pub(super) const SWAP: &str = "extern crate interleave as std;";

/// How that line begins, and the one for `core`; and with what instead, for one run on the real `std`.
const SWAPS: &str = "extern crate interleave as ";
const PLAIN_SWAPS: &str = "extern crate plain_std as ";
const PLAIN_STD: &str = include_str!("plain_std.rs");
const PLAIN_STD_MANIFEST: &str =
    "[package]\nname = \"plain_std\"\nedition = \"2024\"\n\n[lib]\npath = \"plain_std.rs\"\n";

/// The line by which a judge pulls the answer in.
pub(super) fn path_line(exercise: Exercise) -> String {
    format!("#[path = \"../{}/{}.rs\"]", exercise.lesson.chapter, exercise.name)
}

/// Which judges to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Judges {
    /// As students meet them.
    Real,
    /// Those, and a plain one beside each that explores schedules.
    RealAndPlain,
}

/// Builds all answers with their judges.
pub(super) fn build(
    course: &Course,
    answers: &[Answer],
    judges: Judges,
    progress: Progress,
) -> Result<Build> {
    if answers.is_empty() {
        return Ok(Build::default());
    }
    let folder = course.root.join(judge::ANSWERS);
    let programs = lay_out(course, &folder, answers, judges)?;
    // In the course's own target folder, so that no library is built twice.
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| course.root.join("target"), PathBuf::from);
    let target = target.to_str().context("the target folder's path is not plain text")?;
    let mut built = Build::default();
    for (options, programs) in programs {
        // By name: what lies there of an earlier verification stays built, and is not built anew.
        let tests = programs.iter().flat_map(|program| ["--test", program]);
        let arguments: Vec<_> = ["--target-dir", target]
            .into_iter()
            .chain(tests)
            .chain(options.iter().copied())
            .collect();
        let more = cargo::build(&folder, &arguments, progress)?;
        built.executables.extend(more.executables);
        built.errors.extend(more.errors);
    }
    Ok(built)
}

/// The names of test programs, by the options with which they are built.
type Programs = BTreeMap<&'static [&'static str], Vec<String>>;

/// Writes the package. Unchanged files are left alone, so that only what changed is built again.
fn lay_out(course: &Course, folder: &Path, answers: &[Answer], judges: Judges) -> Result<Programs> {
    let tests = folder.join("tests");
    for folder in [&tests, &folder.join("plain_std")] {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    put(&folder.join("Cargo.toml"), &manifest(&course.root)?)?;
    put(&folder.join("Cargo.lock"), &read(&course.root.join("Cargo.lock"))?)?;
    put(&folder.join("plain_std/Cargo.toml"), PLAIN_STD_MANIFEST)?;
    put(&folder.join("plain_std/plain_std.rs"), PLAIN_STD)?;
    let mut by_options = Programs::new();
    for answer in answers {
        let programs = by_options.entry(answer.exercise.build_options(&course.root)?).or_default();
        let judge = read(&course.root.join(answer.exercise.judge_path()))?;
        let path = format!("#[path = {:?}]", answer.file.display().to_string());
        let judge = judge.replace(&path_line(answer.exercise), &path);
        put(&tests.join(format!("{}.rs", answer.program)), &judge)?;
        programs.push(answer.program.clone());
        if judges == Judges::RealAndPlain && answer.is_run_plainly() {
            let program = answer.plain_program();
            put(&tests.join(format!("{program}.rs")), &judge.replace(SWAPS, PLAIN_SWAPS))?;
            programs.push(program);
        }
    }
    Ok(by_options)
}

/// The exercises' manifest as a workspace of its own: the same libraries, versions and profiles.
fn manifest(root: &Path) -> Result<String> {
    let here = root.display();
    let workspace = read(&root.join("Cargo.toml"))?
        .replace("path = \"crates/", &format!("path = \"{here}/crates/"));
    let workspace = drop_keys(&workspace, &["members", "default-members"]);
    let package =
        read(&root.join("exercises/Cargo.toml"))?.replace("[package]", "[package]\nbuild = false");
    Ok(format!(
        "{package}\n[lib]\npath = \"{here}/exercises/src/lib.rs\"\n\n\
         [dependencies.plain_std]\npath = \"plain_std\"\n\n{workspace}"
    ))
}

fn drop_keys(toml: &str, keys: &[&str]) -> String {
    let named = |line: &&str| !keys.iter().any(|key| line.starts_with(&format!("{key} =")));
    toml.lines().filter(named).map(|line| format!("{line}\n")).collect()
}

fn put(file: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|present| present == text) {
        return Ok(());
    }
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}
