//! Measures the course's promises on this machine: every bench there is, and the guide's own speed.

mod guide;
#[cfg(unix)]
mod parts;
#[cfg(unix)]
mod rustlings;
#[cfg(unix)]
mod seat;
#[cfg(unix)]
mod watch;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

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
        guide::measure(course)?;
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
