//! Builds the book with mdBook, and the pictures in it from real runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use timeline::Record;

use crate::cargo;
use crate::course::{Course, Lesson, read};
use crate::play::{self, Version};
use crate::program::{self, Show};
use crate::progress::Store;
use crate::screenshot;

/// The mdBook that the book is tested with.
const MDBOOK: &str = "0.5.4";

/// Builds the book into `tutorial/book`, and opens it if asked.
///
/// # Errors
/// When mdBook cannot be had, or refuses the book.
pub fn build(course: &Course, open: bool) -> Result<()> {
    let mdbook = find_mdbook(course).map_or_else(|| install_mdbook(course), Ok)?;
    let status =
        Command::new(mdbook).arg("build").arg("tutorial").current_dir(&course.root).status();
    ensure!(
        status.context("mdBook cannot be run")?.success(),
        "mdBook could not build the book; see above."
    );
    let index = course.root.join("tutorial/book/index.html");
    println!("The book: {}", index.display());
    if open {
        open_in_browser(&index)?;
    }
    Ok(())
}

/// The mdBook on the PATH, or the one that was built for the course earlier.
#[must_use]
pub fn find_mdbook(course: &Course) -> Option<PathBuf> {
    let ours = tools(course).join("bin").join(format!("mdbook{}", std::env::consts::EXE_SUFFIX));
    let candidates = [ours, PathBuf::from("mdbook")];
    // Only a version of the same series reads our book.toml for sure.
    let series = MDBOOK.rsplit_once('.').map_or(MDBOOK, |(series, _)| series);
    candidates.into_iter().find(|mdbook| {
        let version = Command::new(mdbook).arg("--version").output();
        version
            .is_ok_and(|out| String::from_utf8_lossy(&out.stdout).contains(&format!("v{series}.")))
    })
}

fn tools(course: &Course) -> PathBuf {
    course.root.join("target/tools")
}

/// Builds mdBook once, below `target/`, so that no learner has to wait for it who wants no book.
fn install_mdbook(course: &Course) -> Result<PathBuf> {
    println!("mdBook {MDBOOK} is built once for the course; that takes a few minutes.");
    let cargo = cargo::program();
    let status = Command::new(cargo)
        .args([
            "install",
            "mdbook",
            "--locked",
            "--version",
            MDBOOK,
            "--no-default-features",
            "--root",
        ])
        .arg(tools(course))
        .current_dir(&course.root)
        .status()
        .context("Cargo cannot be run")?;
    ensure!(
        status.success(),
        "mdBook could not be installed. It needs the network once: cargo install mdbook --version {MDBOOK}"
    );
    find_mdbook(course).context("mdBook was installed but does not run")
}

fn open_in_browser(page: &Path) -> Result<()> {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let opened = Command::new(opener).arg(page).status();
    ensure!(
        opened.is_ok_and(|status| status.success()),
        "No browser could be opened. Open it yourself: {}",
        page.display()
    );
    Ok(())
}

/// Runs a lesson's program and keeps its timelines as the page's picture.
///
/// # Errors
/// When the program fails, records nothing, or the picture cannot be written.
pub fn record(course: &Course, lesson: &Lesson) -> Result<()> {
    let run = program::run(course, lesson, &[], Show::Captured)?;
    if !run.succeeded() {
        bail!(
            "{} failed: {}\n{}",
            lesson.program_path(),
            run.outcome.ending,
            run.outcome.stderr.text()
        );
    }
    ensure!(!run.records.is_empty(), "{} recorded no timeline", lesson.program_path());
    let file = format!("tutorial/src/{}/{}.svg", lesson.chapter, lesson.name);
    std::fs::write(course.root.join(&file), timeline::svg::draw(&run.records))
        .with_context(|| format!("{file} cannot be written"))?;
    println!("recorded: {file}");
    Ok(())
}

/// Records the README's pictures of the terminal: a lesson's run, a wrong answer proved wrong, a game.
///
/// # Errors
/// When the lesson fails, the answer passes, or a picture cannot be written.
pub fn record_terminal(course: &Course) -> Result<()> {
    let lesson = show_terminal(course, &["lesson", "3"])?;
    let (_, rest) = lesson.split_once("Run\u{1b}").context("the lesson has a step called Run")?;
    let end = ["The answer is", "In this run"].iter().filter_map(|words| rest.find(words)).min();
    // The last command of the step: those before it are the page's, with what they once printed.
    let (_, run) = rest[..end.unwrap_or(rest.len())]
        .rsplit_once("\n$ ")
        .context("the step shows its command")?;
    let run = format!("$ cargo xtask lesson 3\n\n$ {run}");
    keep_picture(course, "terminal", "A lesson in the terminal", &run)?;
    let refuted = show_terminal(course, &["refute", "philosophers", "all_left_first"])?;
    let refuted = format!("$ cargo xtask check philosophers\n\n{refuted}");
    keep_picture(course, "refuted", "An answer proved wrong", &refuted)?;
    keep_picture(course, "play", "A person is the scheduler", &show_game(course)?)
}

/// A game after its first move, in colour.
fn show_game(course: &Course) -> Result<String> {
    let mut seen = Vec::new();
    // Nothing is won with one move, so no score is touched.
    let store = Store::new(&course.scratch(), &course.scratch());
    colored::control::set_override(true);
    let played = play::by_lines(course, &store, "deadlock", Version::Broken, &b"1"[..], &mut seen);
    colored::control::unset_override();
    played?;
    let seen = String::from_utf8(seen).context("the screen is text")?;
    let (_, screen) =
        seen.rsplit_once("\n\n\u{1b}[1mdeadlock").context("a screen has a heading")?;
    Ok(format!("$ cargo xtask play deadlock\n\n\u{1b}[1mdeadlock{screen}"))
}

/// What the guide prints in colour.
fn show_terminal(course: &Course, arguments: &[&str]) -> Result<String> {
    let guide = std::env::current_exe().context("this program does not know where it lies")?;
    let out = Command::new(guide)
        .args(arguments)
        .current_dir(&course.root)
        .env("CLICOLOR_FORCE", "1")
        .stdin(Stdio::null())
        .output()
        .context("the guide cannot be run")?;
    let text = String::from_utf8(out.stdout).context("the guide prints text")?;
    ensure!(out.status.success(), "cargo xtask {} failed:\n{text}", arguments.join(" "));
    Ok(text)
}

fn keep_picture(course: &Course, name: &str, title: &str, text: &str) -> Result<()> {
    let file = format!("tutorial/src/{name}.svg");
    let picture = screenshot::draw(text, 80, title);
    std::fs::write(course.root.join(&file), picture)
        .with_context(|| format!("{file} cannot be written"))?;
    println!("recorded: {file}");
    Ok(())
}

/// Turns a recorded timeline into an SVG, JSON for Perfetto, or, if neither is asked for, a chart here.
///
/// # Errors
/// When the record cannot be read or a picture not be written.
pub fn picture(record: &Path, svg: Option<&Path>, perfetto: Option<&Path>) -> Result<()> {
    let records = Record::read_all(&read(record)?)
        .with_context(|| format!("{} holds no timeline", record.display()))?;
    let write = |file: &Path, text: String| {
        std::fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
    };
    if let Some(file) = svg {
        write(file, timeline::svg::draw(&records))?;
    }
    if let Some(file) = perfetto {
        write(file, timeline::perfetto::json(&records))?;
    }
    if svg.is_none() && perfetto.is_none() {
        records
            .iter()
            .for_each(|record| println!("{}", record.chart(timeline::Style::for_stdout())));
    }
    Ok(())
}
