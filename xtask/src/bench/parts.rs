//! What the time from a save to its verdict consists of, part by part.
//!
//! Each part is measured by itself, on the answer that passes: the compiler, as Cargo calls it, without
//! and with linking; the judge that comes out, under its warden; the verdict in words. The notice is seen
//! at the terminal; what is left of the whole is the rest. A wrong answer's judge also looks for its
//! clearest run and draws that: measured at the end. Cargo on a text that has not changed is no part of it: that
//! is what a watch spares by calling the compiler itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::cargo_command;
use super::guide::time;
use super::watch::{SAVES, median};
use crate::cargo::{self, Progress};
use crate::course::{Course, Exercise, read};
use crate::exercise;
use crate::judge::{self, Verdict};

/// The exercise whose parts are shown.
pub(super) const EXERCISE: &str = "counter";

/// An answer to it that some schedule breaks.
pub(super) const WRONG: &str = "wrong/two_short_locks.rs";

/// Measures the parts of the `whole`, of which the `notice` is known, and prints them.
///
/// # Errors
/// When the scratch course cannot be built.
pub(super) fn measure(
    course: &Course,
    target: &Path,
    notice: Duration,
    whole: Duration,
) -> Result<()> {
    let exercise = course.exercise(EXERCISE)?;
    let save = |answer: &str| {
        let text = read(&course.root.join(exercise.solution_folder()).join(answer))?;
        fs::write(course.root.join(exercise.copy_path()), text).context("no scratch answer")
    };
    save("solution.rs")?;
    let (rustc, program) = compiler_call(course, exercise, target)?;
    let compile_once =
        |call: &str| time(Command::new("sh").args(["-c", call]).current_dir(&course.root));
    let compiles = |call: &str| repeat(|| compile_once(call));
    let cargo = repeat(|| time(&mut build(course, target)))?;
    let with_link = compiles(&rustc)?;
    let without = rustc.replace("--emit=dep-info,link", "--emit=dep-info,obj");
    ensure!(without != rustc, "Cargo calls the compiler otherwise than it used to: {rustc}");
    let compile = compiles(&without)?;
    let judged = |passes: bool| {
        let since = Instant::now();
        let verdict = judge::run(&program, &course.root, judge::TIME_LIMIT)?;
        ensure!(verdict.is_passed() == passes, "not what its author says: {verdict:?}");
        anyhow::Ok((verdict, since.elapsed()))
    };
    let search = repeat(|| Ok(judged(true)?.1))?;
    let draw = drawing(exercise, &judged(true)?.0)?;
    let link = with_link.saturating_sub(compile);
    let rest = whole.saturating_sub(notice + compile + link + search + draw);
    println!("the parts of {whole:.0?}, for `{EXERCISE}` that passes, each measured by itself:");
    for (part, took) in [
        ("notice   a look every 20 ms", notice),
        ("compile  the answer and its judge", compile),
        ("link     them with the engine", link),
        ("search   every schedule, under a warden", search),
        ("draw     the verdict in words", draw),
        ("the rest: the compiler's warden, memory", rest),
    ] {
        println!("  {part:<48} {took:>8.1?}");
    }
    save(WRONG)?;
    compile_once(&rustc)?;
    let search = repeat(|| Ok(judged(false)?.1))?;
    let draw = drawing(exercise, &judged(false)?.0)?;
    println!("for one that fails, `{WRONG}`:");
    println!("  {:<48} {search:>8.1?}", "search   until it breaks, the clearest, lanes");
    println!("  {:<48} {draw:>8.1?}", "draw     the verdict in words");
    println!("spared: Cargo, which finds out what to build in {cargo:.0?}");
    Ok(())
}

fn drawing(exercise: Exercise, verdict: &Verdict) -> Result<Duration> {
    repeat(|| {
        let since = Instant::now();
        std::hint::black_box(exercise::tell(exercise, verdict));
        Ok(since.elapsed())
    })
}

fn build(course: &Course, target: &Path) -> Command {
    let mut cargo = cargo_command();
    cargo.args(["build", "--package", "exercises", "--test", EXERCISE]);
    cargo.env("CARGO_TARGET_DIR", target).current_dir(&course.root);
    cargo
}

/// The shell command by which Cargo calls the compiler on a changed answer, and the judge it makes.
fn compiler_call(course: &Course, exercise: Exercise, target: &Path) -> Result<(String, PathBuf)> {
    // A changed time is enough for Cargo.
    judge::touch(&course.root.join(exercise.judge_path()))?;
    let target = target.to_str().context("the scratch folder's path is not plain text")?;
    let arguments =
        ["-vv", "--target-dir", target, "--package", "exercises", "--test", exercise.name];
    let mut build = cargo::build(&course.root, &arguments, Progress::Silent)?;
    let program = build.executables.remove(exercise.name).context("the judge was not built")?;
    let call = build.call_for(exercise.name).context("Cargo did not compile the judge")?;
    Ok((call.to_owned(), program))
}

fn repeat(run: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    Ok(median(std::iter::repeat_with(run).take(SAVES).collect::<Result<_>>()?))
}
