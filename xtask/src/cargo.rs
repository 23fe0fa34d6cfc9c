//! Builds one thing with Cargo, says meanwhile what is being built, and returns the executables.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::course::Course;
use crate::terminal;
use crate::warden::{self, Cancel, Ending, Job, Limits, Output, Piped};

/// What a build made, by target name.
#[derive(Debug, Default)]
pub struct Build {
    /// The executables.
    pub executables: BTreeMap<String, PathBuf>,
    /// The compiler's errors, as the compiler words them.
    pub errors: BTreeMap<String, String>,
    /// The calls of the compiler, as lines for a shell; only where they were asked for with `-vv`.
    pub calls: Vec<String>,
}

impl Build {
    /// The call for the test or example of this name. What it needs is built before it, so it is the last.
    #[must_use]
    pub fn call_for(&self, name: &str) -> Option<&str> {
        let own = format!("--crate-name {name} ");
        self.calls.iter().rfind(|call| call.contains(&own)).map(String::as_str)
    }
}

/// How to show what is being built.
#[derive(Clone, Copy, PartialEq)]
pub enum Progress {
    /// One line that is written over and over, then wiped.
    Live,
    /// Nothing.
    Silent,
}

impl Progress {
    /// As the terminal allows.
    #[must_use]
    pub fn here() -> Self {
        if terminal::is_live() { Self::Live } else { Self::Silent }
    }
}

/// Cargo itself: the one that runs us, which names itself to what it runs, or the one on the PATH.
#[must_use]
pub fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The variable that tells a program whether its text is shown in colour: <https://bixense.com/clicolors/>.
#[must_use]
pub fn colour() -> &'static str {
    if is_in_colour() { "CLICOLOR_FORCE" } else { "NO_COLOR" }
}

/// Whether text is shown in colour.
#[must_use]
pub fn is_in_colour() -> bool {
    colored::control::SHOULD_COLORIZE.should_colorize()
}

/// Runs `cargo build` with `arguments` in `root`.
///
/// Code that does not compile is not an error here: it is in [`Build::errors`].
///
/// # Errors
/// When Cargo cannot run, or fails before it compiles anything; the message ends with the way out.
pub fn build(root: &Path, arguments: &[&str], progress: Progress) -> Result<Build> {
    build_unless(&Cancel::default(), root, arguments, progress)
}

/// Runs `cargo build` with `arguments` in `root`, unless it is cancelled; then what is returned, be it
/// a build or an error, means nothing.
///
/// # Errors
/// Those of [`build`].
pub fn build_unless(
    cancel: &Cancel,
    root: &Path,
    arguments: &[&str],
    progress: Progress,
) -> Result<Build> {
    let cargo = program();
    let format = if is_in_colour() { "json-diagnostic-rendered-ansi" } else { "json" };
    let words = [&["build"], arguments, &["--keep-going", "--message-format", format]].concat();
    let Piped { stdout, stderr, running } = warden::start_piped(&Job {
        program: cargo.clone().into(),
        args: words.into_iter().map(str::to_owned).collect(),
        env: Vec::new(),
        dir: root.to_owned(),
        limits: Limits::for_builds(),
        output: Output::Inherit,
    })?;
    running.end_when(cancel)?;
    // Read beside the messages: a pipe that nobody empties would stop Cargo.
    let complaints = std::thread::spawn(move || hear(stderr, progress));
    let mut shown = Shown::new(progress);
    let mut build = Build::default();
    for line in BufReader::new(stdout).lines() {
        let line = line.context("Cargo's messages cannot be read")?;
        if let Ok(message) = serde_json::from_str(&line) {
            note(&mut build, &mut shown, &message);
        }
    }
    drop(shown);
    let outcome = running.wait().with_context(|| {
        format!("{} cannot be run. Install Rust: https://rustup.rs", cargo.display())
    })?;
    let complaints = complaints.join().expect("reading text does not panic");
    let (notes, complaints): (Vec<_>, Vec<_>) =
        complaints.lines().partition(|line| NOTES.iter().any(|it| line.trim().starts_with(it)));
    let complaints = complaints.join("\n");
    if !matches!(outcome.ending, Ending::Exited(0)) && build.errors.is_empty() {
        bail!("{}\n{}", complaints.trim(), way_out(&complaints));
    }
    let call = |note: &str| Some(note.trim().strip_prefix(CALL)?.strip_suffix('`')?.to_owned());
    build.calls = notes.into_iter().filter_map(call).collect();
    Ok(build)
}

/// Fetches the libraries that nothing built so far has needed, so that from now on everything works offline:
/// Cargo itself fetches only what it is about to build. Does so once for each Cargo.lock; where it fails, the
/// build that misses a library will say so.
///
/// # Errors
/// When Cargo cannot be started, or what was done cannot be noted.
pub fn fetch_the_rest(course: &Course, progress: Progress) -> Result<()> {
    let Ok(lock) = std::fs::read(course.root.join("Cargo.lock")) else { return Ok(()) };
    let fetched = course.scratch().join("fetched.lock");
    if std::fs::read(&fetched).is_ok_and(|fetched| fetched == lock) {
        return Ok(());
    }
    let mut shown = Shown::new(progress);
    shown.say("Fetching (once) what the other lessons need");
    warden::run(&Job {
        program: program().into(),
        args: ["fetch", "--locked", "--quiet", "--target", "host-tuple"].map(String::from).into(),
        env: Vec::new(),
        dir: course.root.clone(),
        limits: Limits::for_builds(),
        output: Output::Capture,
    })?;
    drop(shown);
    std::fs::create_dir_all(course.scratch())
        .and_then(|()| std::fs::write(&fetched, lock))
        .with_context(|| format!("{} cannot be written", fetched.display()))
}

/// How Cargo begins to say that it calls the compiler.
const CALL: &str = "Running `";

/// What Cargo says with `-vv`, and is no complaint.
const NOTES: [&str; 3] = [CALL, "Fresh ", "Dirty "];

/// Keeps what Cargo complains about, and passes on at once that it waits for another Cargo: a guide
/// that says nothing then would look frozen.
fn hear(stderr: impl Read, progress: Progress) -> String {
    let mut complaints = String::new();
    // What is no text is no complaint that anyone could read.
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        // Relaxed: said once, by whoever is first.
        if line.contains("Blocking waiting for file lock") && !SAID.swap(true, Ordering::Relaxed) {
            // What stands on the line, keys or what was built last, is wiped.
            let start = if progress == Progress::Live { "\r\x1b[K" } else { "" };
            eprintln!(
                "{start}Another Cargo is running on this machine (an editor, another terminal); waiting for it."
            );
        }
        complaints.push_str(&line);
        complaints.push('\n');
    }
    complaints
}

/// Whether it has been said that another Cargo is waited for.
static SAID: AtomicBool = AtomicBool::new(false);

fn note(build: &mut Build, shown: &mut Shown, message: &Value) {
    let name = message["target"]["name"].as_str().unwrap_or("").to_owned();
    match message["reason"].as_str() {
        Some("compiler-artifact") => {
            if let Some(path) = message["executable"].as_str() {
                build.executables.insert(name, path.into());
            } else if message["fresh"] == false {
                shown.built(&name);
            }
        }
        Some("compiler-message") if message["message"]["level"] == "error" => {
            let text = message["message"]["rendered"].as_str().unwrap_or("");
            build.errors.entry(name).or_default().push_str(text);
        }
        _ => {}
    }
}

/// The line that says what is being built; wiped when dropped.
struct Shown {
    progress: Progress,
    since: Instant,
    count: usize,
}

impl Shown {
    fn new(progress: Progress) -> Self {
        Self { progress, since: Instant::now(), count: 0 }
    }

    fn built(&mut self, name: &str) {
        let (count, seconds) = (self.count + 1, self.since.elapsed().as_secs());
        self.say(&format!(
            "Building (once): {count} libraries so far, {seconds} s, now after {name}"
        ));
    }

    fn say(&mut self, what: &str) {
        self.count += 1;
        if self.progress == Progress::Live {
            // A line that cannot be shown is no reason to stop building.
            let _ = write!(std::io::stderr(), "\r\x1b[K  {what}");
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if self.progress == Progress::Live && self.count > 0 {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// What to do about a complaint of Cargo's that comes before any compiling.
fn way_out(complaints: &str) -> &'static str {
    let says = |part: &str| complaints.contains(part);
    if says("failed to download")
        || says("Could not resolve host")
        || says("failed to fetch")
        || says("--offline")
    {
        "This build needs libraries that are not on this machine yet. Connect to the network and run `cargo fetch` \
         once; after that, everything works offline."
    } else if says("requires rustc") || says("rust-version") {
        "Your Rust is older than the course's. Update it: rustup update stable"
    } else if says("SIGXCPU") || says("signal: 9, SIGKILL") {
        "The compiler computed for a minute on one crate and was stopped: a constant or a macro without end?"
    } else if says("No space left") {
        "The disk is full. `cargo clean` frees what builds have made."
    } else {
        "If this is not about a change of yours, `cargo clean` and another try often help."
    }
}

/// What to do about an error of the compiler's that is not in the code.
#[must_use]
pub fn missing_piece(errors: &str) -> Option<&'static str> {
    errors.contains("linker `").then_some(
        "Rust needs a linker. Debian, Ubuntu: apt install build-essential; macOS: xcode-select --install; \
         Windows: the Visual Studio Build Tools.",
    )
}
