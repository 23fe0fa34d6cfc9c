//! Measures the course's promises on this machine: every bench there is, and the guide's own speed.

#[cfg(unix)]
mod parts;
#[cfg(unix)]
mod rustlings;
#[cfg(unix)]
mod seat;
#[cfg(unix)]
mod watch;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::cargo;
use crate::course::Course;

/// A bench that is not a program of its own: how fast this tool answers.
const GUIDE: &str = "guide";

/// The other one: from a save to its verdict.
const WATCH: &str = "watch";

/// What students wait for is measured as students build it: not optimised.
const AS_STUDENTS_BUILD: &str = "schedules";

/// Runs the benches with these names, or all. False when one of them fails.
///
/// # Errors
/// When there is no such bench, or one cannot be run.
pub fn run(course: &Course, names: &[String]) -> Result<bool> {
    let benches = find(&course.root)?;
    let known: Vec<_> =
        benches.iter().map(|(_, bench)| bench.as_str()).chain([GUIDE, WATCH]).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("There is no bench `{unknown}`. There are: {}", known.join(", "));
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    let mut all_ran = true;
    for (package, bench) in benches.iter().filter(|(_, bench)| wanted(bench)) {
        println!("\n── {bench} ──\n");
        let mut cargo = cargo_command();
        let profile = if bench == AS_STUDENTS_BUILD { "dev" } else { "bench" };
        let status = cargo
            .args(["bench", "--quiet", "--profile", profile, "-p", package, "--bench", bench])
            .current_dir(&course.root)
            .status();
        all_ran &= status.context("Cargo cannot be run")?.success();
    }
    if wanted(GUIDE) {
        println!("\n── {GUIDE} ──\n");
        measure_guide(course)?;
    }
    if wanted(WATCH) {
        println!("\n── {WATCH} ──\n");
        #[cfg(unix)]
        watch::measure(course)?;
        #[cfg(not(unix))]
        println!("It is measured at a Unix terminal; there is none here.");
    }
    Ok(all_ran)
}

fn cargo_command() -> Command {
    Command::new(cargo::program())
}

/// The benches there are: package and name, found where Cargo finds them.
fn find(root: &Path) -> Result<Vec<(String, String)>> {
    let mut benches = Vec::new();
    for package in
        std::fs::read_dir(root.join("crates")).context("crates/ cannot be listed")?.flatten()
    {
        for bench in
            std::fs::read_dir(package.path().join("benches")).into_iter().flatten().flatten()
        {
            let path = bench.path();
            let is_bench = path.join("main.rs").is_file()
                || path.extension().is_some_and(|extension| extension == "rs");
            if let Some(name) = path.file_stem().filter(|_| is_bench) {
                benches
                    .push((package.file_name().display().to_string(), name.display().to_string()));
            }
        }
    }
    benches.sort();
    Ok(benches)
}

/// How long warm commands take, through Cargo and by themselves, and the first lesson of a new clone.
fn measure_guide(course: &Course) -> Result<()> {
    let itself = std::env::current_exe().context("this program does not know where it lies")?;
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
    }
    let empty = course.scratch().join("empty-target");
    // An earlier measurement may have been cut off.
    let _ = std::fs::remove_dir_all(&empty);
    let mut first = cargo_command();
    first
        .args(["xtask", "lesson", "1", "--plain"])
        .env("CARGO_TARGET_DIR", &empty)
        .current_dir(&course.root);
    let took = time(&mut first)?;
    println!(
        "cargo xtask lesson 1 with an empty target folder: {took:.1?} (aim on 2 idle cores: 30 s)"
    );
    std::fs::remove_dir_all(&empty)
        .with_context(|| format!("{} cannot be removed", empty.display()))
}

fn time(command: &mut Command) -> Result<Duration> {
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
