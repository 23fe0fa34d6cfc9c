//! How long the guide's warm commands take, and the first lesson of a new clone, beside rustlings where it is installed.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::cargo_command;
#[cfg(unix)]
use super::rustlings::Rustlings;
use crate::course::Course;

/// Prints what is measured, as it is measured.
///
/// # Errors
/// When a command cannot be run, or is killed.
pub(super) fn measure(course: &Course) -> Result<()> {
    let itself = std::env::current_exe().context("this program does not know where it lies")?;
    let mut hint = Duration::ZERO;
    for arguments in [&["list"][..], &["hint"], &["check"]] {
        let through_cargo = median(|| {
            time(cargo_command().arg("xtask").args(arguments).current_dir(&course.root))
        })?;
        let alone =
            median(|| time(Command::new(&itself).args(arguments).current_dir(&course.root)))?;
        let command = arguments.join(" ");
        println!(
            "cargo xtask {command:<6} {through_cargo:>7.1?} through Cargo, of which {alone:.1?} are ours"
        );
        if command == "hint" {
            hint = through_cargo;
        }
    }
    let lesson = first_lesson(course)?;
    println!(
        "cargo xtask lesson 1 with an empty target folder: {lesson:.1?} (aim on 2 idle cores: 30 s)"
    );
    #[cfg(unix)]
    stand_beside_rustlings(course, hint, lesson)?;
    Ok(())
}

fn first_lesson(course: &Course) -> Result<Duration> {
    let empty = course.scratch().join("empty-target");
    // An earlier measurement may have been cut off.
    let _ = std::fs::remove_dir_all(&empty);
    let mut first = cargo_command();
    first
        .args(["xtask", "lesson", "1", "--plain"])
        .env("CARGO_TARGET_DIR", &empty)
        .current_dir(&course.root);
    let took = time(&mut first)?;
    std::fs::remove_dir_all(&empty)
        .with_context(|| format!("{} cannot be removed", empty.display()))?;
    Ok(took)
}

/// The same of rustlings: a hint of an installed program, and its installation. Milliseconds differ from machine
/// to machine, and these ratios less.
#[cfg(unix)]
fn stand_beside_rustlings(course: &Course, hint: Duration, lesson: Duration) -> Result<()> {
    let Some(rustlings) = Rustlings::find() else {
        println!("rustlings is not here, so ours stands alone: cargo install rustlings");
        return Ok(());
    };
    let exercise = course.exercises().next().context("there is an exercise")?;
    let (folder, _) = rustlings.set_up(course, exercise, &course.scratch().join("beside"))?;
    let command = || {
        let mut command = Command::new("rustlings");
        command.args(["hint", exercise.name]).current_dir(&folder);
        command
    };
    let theirs = median(|| time(&mut command()))?;
    println!(
        "rustlings hint: {theirs:.1?}, an installed program; ours through Cargo takes {:.1} times as long (aim: 7.5)",
        hint.div_duration_f64(theirs)
    );
    let root = course.scratch().join("rustlings-installed");
    let mut install = cargo_command();
    install.args(["install", "--quiet", "rustlings", "--root"]).arg(&root);
    install.env("CARGO_TARGET_DIR", root.join("target"));
    let since = Instant::now();
    if install.stdin(Stdio::null()).status().is_ok_and(|status| status.success()) {
        let theirs = since.elapsed();
        println!(
            "cargo install rustlings: {theirs:.1?}; our first lesson takes {:.2} of that (aim: at most 1)",
            lesson.div_duration_f64(theirs)
        );
    } else {
        println!("cargo install rustlings: not measured, it did not succeed");
    }
    let _ = std::fs::remove_dir_all(&root);
    Ok(())
}

/// How long a command takes, whatever it prints and however it ends.
pub(super) fn time(command: &mut Command) -> Result<Duration> {
    let since = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.with_context(|| format!("{command:?} cannot be run"))?;
    ensure!(status.code().is_some(), "{command:?} was killed");
    Ok(since.elapsed())
}

/// The median of nine runs.
fn median(mut run: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    let mut times = (0..9).map(|_| run()).collect::<Result<Vec<_>>>()?;
    times.sort();
    Ok(times[times.len() / 2])
}
