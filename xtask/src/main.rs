//! The entry: reads the command, opens the course, hands over.

use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::{CommandFactory, Parser};
use colored::Colorize;

use xtask::cargo::Progress as Shown;
use xtask::cli::{Cli, Command};
use xtask::course::{Course, Lesson};
use xtask::lesson::{self, End};
use xtask::markdown::WIDTH;
use xtask::play::Version;
use xtask::progress::Store;
use xtask::verify::{Effort, tally};
use xtask::{
    bench, book, demo, exercise, judge, list, play, program, terminal, verify, warden, watch, weave,
};

fn main() -> ExitCode {
    // A warden must not parse the guide's own flags: its arguments belong to another program.
    if std::env::args_os().nth(1).is_some_and(|first| first == warden::SUBCOMMAND) {
        return warden::serve();
    }
    warden::end_quietly_when_the_reader_of_our_output_is_gone();
    end_in_words_when_output_cannot_be_written();
    let cli = Cli::parse();
    if cli.plain {
        colored::control::set_override(false);
        terminal::be_plain();
    }
    match run(&cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let mut causes = error.chain().map(ToString::to_string);
            let first = causes.next().unwrap_or_default();
            eprintln!("{} {first}", "error:".red().bold());
            causes.for_each(|cause| eprintln!("  because {cause}"));
            ExitCode::FAILURE
        }
    }
}

/// `println!` panics where it cannot write, on a full disk for one; that is no fault of the guide.
fn end_in_words_when_output_cannot_be_written() {
    let by_default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        match panic
            .payload_as_str()
            .and_then(|text| text.strip_prefix("failed printing to stdout: "))
        {
            Some(why) => {
                let _ = writeln!(std::io::stderr(), "error: the output cannot be written: {why}");
                std::process::exit(1);
            }
            None => by_default(panic),
        }
    }));
}

/// Does what was asked. False when that went well but its outcome is a failure: a check not passed.
fn run(cli: &Cli) -> Result<bool> {
    if let Some(Command::Completions { shell }) = &cli.command {
        // A shell completes the command that is typed first, and that is `cargo`: hence an alias.
        println!("# With: alias xtask='cargo xtask'");
        clap_complete::generate(*shell, &mut Cli::command(), "xtask", &mut std::io::stdout());
        return Ok(true);
    }
    if let Some(Command::Picture { record, svg, perfetto }) = &cli.command {
        return book::picture(record, svg.as_deref(), perfetto.as_deref()).map(|()| true);
    }
    let course = Course::open()?;
    let store = Store::new(&course.root, &course.scratch());
    let (mut progress, damage) = store.load()?;
    if damage.is_some() {
        rebuild(&course, &store);
        progress = store.load()?.0;
    }
    let interactive = terminal::is_live();
    match cli.command.as_ref() {
        None => println!("{}", list::here(&course, &progress)?),
        Some(Command::List) => print!("{}", list::all(&course, &progress)?),
        Some(Command::Next) => println!("{}", list::next(&course, &progress)?),
        Some(Command::Lesson { lesson, full, knobs }) => {
            let lesson = named_or_next(&course, &store, lesson.as_deref())?;
            let knobs = &knobs_of(lesson, *full, knobs);
            // Before anybody has read three screens.
            if !knobs.is_empty() {
                let help = program::help(&course, lesson, knobs, Shown::here())?;
                if knobs.iter().any(|knob| knob == "--help" || knob == "-h") {
                    print!("{help}");
                    return Ok(true);
                }
            }
            let end = if interactive {
                lesson::walk(&course, &store, lesson, knobs)?
            } else {
                lesson::show(&course, &store, lesson, knobs)?
            };
            return Ok(end != End::Failed);
        }
        Some(Command::Demo { lesson, full }) => {
            let lesson = named_or_next(&course, &store, lesson.as_deref())?;
            ensure!(
                interactive,
                "A demo needs a terminal for its keys. Straight through: cargo xtask lesson {}",
                lesson.number
            );
            demo::show(&course, lesson, &knobs_of(lesson, *full, &[]))?;
        }
        Some(Command::Check { exercises, limit }) => {
            return exercise::check(&course, &store, exercises, Duration::from_secs(*limit));
        }
        Some(Command::Watch { exercise, limit }) => {
            let first = exercise::named_or_current(&course, &store, exercise.as_deref(), "watch")?;
            ensure!(
                terminal::is_interactive(),
                "A watch needs a terminal for its keys. Once, without one: cargo xtask check {}",
                first.name
            );
            watch::run(&course, &store, first, Duration::from_secs(*limit), cli.plain)?;
        }
        Some(Command::Hint { exercise }) => exercise::hint(&course, &store, exercise.as_deref())?,
        Some(Command::Solution { exercise, yes }) => {
            return exercise::solution(&course, &store, exercise.as_deref(), *yes, interactive);
        }
        Some(Command::Reset { exercise, all, yes }) => {
            return exercise::reset(&course, &store, exercise.as_deref(), *all, *yes);
        }
        Some(Command::Play { name: Some(name), fixed, answer, svg, json, .. })
            if svg.is_some() || json.is_some() =>
        {
            let version = Version::asked(*fixed, *answer);
            play::save(&course, name, version, svg.as_deref(), json.as_deref())?;
        }
        Some(Command::Play { name, fixed, answer, large, .. }) => {
            ensure!(
                terminal::is_interactive() || name.is_none() || !terminal::has_keyboard(),
                "Play needs the whole terminal, or its moves through a pipe: printf '1\\n2\\n' | cargo xtask play …"
            );
            let version = Version::asked(*fixed, *answer);
            let options = play::Options { version, large: *large, interactive };
            return play::play(&course, &store, name.as_deref(), options);
        }
        Some(Command::Book { open }) => book::build(&course, *open)?,
        Some(Command::Bench { names }) => return bench::run(&course, names),
        Some(Command::Weave { lessons, check, pictures, terminal }) => {
            let is_fresh = refresh(&course, lessons, *check, *pictures)?;
            if *terminal {
                book::record_terminal(&course)?;
            }
            return Ok(is_fresh);
        }
        Some(Command::Verify { exercises, thorough, readme }) => {
            let effort = if *thorough { Effort::Thorough } else { Effort::Once };
            return prove(&course, exercises, effort, *readme);
        }
        Some(Command::Refute { exercise, wrong }) => {
            let exercise = course.exercise(exercise)?;
            println!("{}", exercise::tell(exercise, &verify::refute(&course, exercise, wrong)?));
        }
        Some(Command::Completions { .. } | Command::Picture { .. }) => {
            unreachable!("handled without a course")
        }
    }
    Ok(true)
}

/// After damage: judges again whatever the learner has edited. What they asked for is done in any case.
fn rebuild(course: &Course, store: &Store) {
    eprintln!("Checking again what you have edited, so that nothing you solved is lost:");
    if let Err(error) = exercise::check(course, store, &[], judge::TIME_LIMIT) {
        eprintln!("That was not possible: {error:#}\nDo it later with: cargo xtask check");
    }
}

fn named_or_next<'a>(course: &'a Course, store: &Store, name: Option<&str>) -> Result<&'a Lesson> {
    if let Some(name) = name {
        return course.lesson(name);
    }
    let (progress, _) = store.load()?;
    list::in_order_of_need(course, &progress)?
        .into_iter()
        .find(|lesson| !progress.has_finished(&lesson.name))
        .context("All lessons are walked. Name one: cargo xtask lesson 1")
}

/// The given knobs; with `--full` also those that make the program as long as the articles' own.
fn knobs_of(lesson: &Lesson, full: bool, given: &[String]) -> Vec<String> {
    if !full {
        return given.to_vec();
    }
    if lesson.page.class.full.is_empty() {
        eprintln!("Lesson {} is not cut short: --full changes nothing.", lesson.number);
    }
    lesson.page.class.with_full_length(given)
}

fn refresh(course: &Course, lessons: &[String], check: bool, pictures: bool) -> Result<bool> {
    let wanted = lessons.iter().map(|name| course.lesson(name)).collect::<Result<Vec<_>>>()?;
    let is_wanted =
        |lesson: &Lesson| wanted.is_empty() || wanted.iter().any(|one| one.number == lesson.number);
    let stale = weave::stale(course, is_wanted)?;
    for (path, fresh) in &stale {
        println!("{} {path}", if check { "stale:" } else { "refreshed:" });
        if !check {
            std::fs::write(course.root.join(path), fresh)
                .with_context(|| format!("{path} cannot be written"))?;
        }
    }
    if check && !stale.is_empty() {
        println!("Refresh with: cargo xtask weave");
    }
    if pictures {
        course
            .lessons
            .iter()
            .filter(|lesson| is_wanted(lesson))
            .try_for_each(|lesson| book::record(course, lesson))?;
    }
    Ok(!check || stale.is_empty())
}

fn prove(course: &Course, names: &[String], effort: Effort, readme: bool) -> Result<bool> {
    for name in names {
        course.exercise(name)?;
    }
    let since = Instant::now();
    let report = verify::all(course, Shown::here(), effort, |exercise| {
        names.is_empty() || names.iter().any(|name| name == exercise.name)
    })?;
    println!("{}", tally::draw(&report.tallies, !names.is_empty(), WIDTH));
    report.surprises.iter().for_each(|surprise| println!("{} {surprise}\n", "✗".red()));
    println!(
        "{} wrong answers rejected as predicted, {} surprises.",
        report.rejected(),
        report.surprises.len()
    );
    println!(
        "Solutions passed {} times, wrong answers were rejected {} times, in {} s.",
        report.passes,
        report.rejections,
        since.elapsed().as_secs()
    );
    if !report.cut_short.is_empty() {
        println!("Noticed late, by a time limit or a judge's patience, so repeated less often:");
        report.cut_short.iter().for_each(|line| println!("  {line}"));
    }
    if readme {
        std::fs::write(course.root.join("README.md"), tally::readme(course, &report.tallies)?)
            .context("README.md cannot be written")?;
    }
    Ok(report.surprises.is_empty())
}
