//! Walks a learner through a lesson: predict, run, investigate, modify, make.

use anyhow::Result;
use colored::Colorize;

use crate::course::{Course, Lesson};
use crate::list;
use crate::markdown::WIDTH;
use crate::program::{self, Run, Show};
use crate::progress::{Guess, Store};
use crate::screenful::screenfuls;
use crate::steps::{self, Step, letter, tell};
use crate::terminal::{self, Key, Keyboard};

/// How a lesson ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// Walked to its end, and the program did what it should.
    Finished,
    /// The learner left before the end.
    Left,
    /// The program failed.
    Failed,
}

/// Shows the whole lesson straight through: for a pipe, a log, or `--plain`.
///
/// # Errors
/// When the program cannot be built or started, or the progress not be saved.
pub fn show(course: &Course, store: &Store, lesson: &Lesson, knobs: &[String]) -> Result<End> {
    heading(course, lesson);
    let mut end = End::Finished;
    for step in steps::of(lesson) {
        println!("{}", rule(&step.heading(lesson)));
        if step != Step::Run {
            println!("{}", step.text(lesson));
            continue;
        }
        println!("$ {}\n", program::command_line(lesson, knobs));
        let run = program::run(course, lesson, knobs, Show::Captured)?;
        println!("{}\n{}", run.outcome.stdout.text(), run.outcome.stderr.text());
        if !run.succeeded() {
            println!("{}", run.outcome.ending);
            end = End::Failed;
        }
        println!("{}", step.text(lesson));
        for question in &lesson.page.questions {
            let answer = question.answer(|name| run.fact(name));
            println!("{}", tell(question, &answer, knobs, None));
        }
    }
    println!("{}", list::exercises_of(course, store, lesson)?);
    if end == End::Finished {
        store.update(|progress| {
            progress.lessons.entry(lesson.name.clone()).or_default().finished = true
        })?;
    }
    Ok(end)
}

/// Walks through the lesson with a learner at the terminal.
///
/// # Errors
/// When the program cannot be built or started, or the progress not be saved.
pub fn walk(course: &Course, store: &Store, lesson: &Lesson, knobs: &[String]) -> Result<End> {
    let keyboard = &Keyboard::take()?;
    heading(course, lesson);
    if let Some(hint) = terminal::too_narrow() {
        println!("{}\n", hint.yellow());
        if !keyboard.goes_on()? {
            return Ok(End::Left);
        }
    }
    let mut guesses = vec![None; lesson.page.questions.len()];
    for step in steps::of(lesson) {
        println!("{}", rule(&step.heading(lesson)));
        let above = if step == Step::Idea { HEADING + RULE } else { RULE };
        let goes_on = match step {
            Step::Run => true,
            _ => read_through(keyboard, &step.text(lesson), above)?,
        } && match step {
            Step::Predict(at) => ask(keyboard, lesson, at, &mut guesses)?,
            Step::Run => run_and_score(keyboard, course, store, lesson, knobs, &guesses)?,
            Step::Modify => turn_knobs(keyboard, course, lesson)?,
            Step::Make => true,
            Step::Idea | Step::Investigate(_) => keyboard.goes_on()?,
        };
        if !goes_on {
            println!(
                "{}",
                format!(
                    "Left before the end; come back any time: cargo xtask lesson {}",
                    lesson.number
                )
                .bright_black()
            );
            return Ok(End::Left);
        }
    }
    store.update(|progress| {
        progress.lessons.entry(lesson.name.clone()).or_default().finished = true
    })?;
    println!("{}", list::exercises_of(course, store, lesson)?);
    Ok(End::Finished)
}

fn heading(course: &Course, lesson: &Lesson) {
    println!(
        "\n{}\n{}\n",
        format!("Lesson {} of {}: {}", lesson.number, course.lessons.len(), lesson.page.title)
            .bold(),
        format!("{}\n{}", lesson.program_path(), lesson.twin_path()).bright_black(),
    );
}

/// The line between two steps, with the step's heading in it.
fn rule(heading: &str) -> String {
    format!("── {} {}\n", heading.bold(), "─".repeat(WIDTH.saturating_sub(heading.len() + 4)))
}

/// Lines of a lesson's heading and of a step's, with the empty ones after them.
const HEADING: usize = 5;
const RULE: usize = 2;

/// Shows a text a screenful at a time; so many lines stand above its first. False if the learner leaves.
fn read_through(keyboard: &Keyboard, text: &str, above: usize) -> Result<bool> {
    // Below it are the line with the keys and the one with the cursor.
    let rows = terminal::rows().saturating_sub(above + 2).max(1);
    let parts = screenfuls(text, rows);
    let (last, others) = parts.split_last().expect("an empty text is one piece");
    for part in others {
        println!("{part}\n");
        keys("[space] more · [q] leave");
        if !keyboard.is_told_to_go_on()? {
            return Ok(false);
        }
    }
    println!("{last}\n");
    Ok(true)
}

/// Shows the keys, so that nobody needs to know them.
fn keys(text: &str) {
    println!("{}", text.bright_black());
}

/// Asks for a guess and a reason: a guess with a reason behind it is what the run can teach by.
fn ask(
    keyboard: &Keyboard,
    lesson: &Lesson,
    at: usize,
    guesses: &mut [Option<(usize, String)>],
) -> Result<bool> {
    let options = lesson.page.questions[at].options.len();
    keys(&format!("[a-{}] your answer · [s] skip · [q] leave", letter(options - 1)));
    loop {
        match keyboard.wait_for_key()? {
            Key::Leave | Key::Char('q') => return Ok(false),
            Key::Char('s') => return Ok(true),
            Key::Char(c) => {
                if let Some(option) = (0..options).find(|option| letter(*option) == c) {
                    let reason =
                        keyboard.ask_line(&format!("{c})  because (a few words, or Enter): "))?;
                    keys("Noted. The run will tell.\n");
                    guesses[at] = Some((option, reason.unwrap_or_default()));
                    return Ok(true);
                }
            }
            _ => {}
        }
    }
}

fn run_and_score(
    keyboard: &Keyboard,
    course: &Course,
    store: &Store,
    lesson: &Lesson,
    knobs: &[String],
    guesses: &[Option<(usize, String)>],
) -> Result<bool> {
    loop {
        let run = run_live(keyboard, course, lesson, knobs)?;
        println!();
        let text = format!("{}\n{}", Step::Run.text(lesson), score(store, lesson, &run, guesses)?);
        // What would push the run off the screen waits until it has been looked at.
        if text.lines().count() > terminal::rows() / 2 {
            keys("[space] what it says · [q] leave");
            if !keyboard.is_told_to_go_on()? {
                return Ok(false);
            }
        }
        if !read_through(keyboard, &text, 0)? {
            return Ok(false);
        }
        keys("[space] go on · [r] run again · [q] leave");
        loop {
            match keyboard.wait_for_key()? {
                Key::Next => return Ok(true),
                Key::Char('r') => break,
                Key::Leave | Key::Char('q') => return Ok(false),
                _ => {}
            }
        }
    }
}

/// Runs the program in front of the learner.
///
/// # Errors
/// When it cannot be built or started.
pub fn run_live(
    keyboard: &Keyboard,
    course: &Course,
    lesson: &Lesson,
    knobs: &[String],
) -> Result<Run> {
    println!("{}\n", format!("$ {}", program::command_line(lesson, knobs)).bold());
    let run = keyboard.during(|| program::run(course, lesson, knobs, Show::Live))?;
    if !run.succeeded() {
        println!("\n{}", run.outcome.ending.to_string().red());
    }
    Ok(run)
}

/// What the run says about each question; remembers what the learner had guessed.
fn score(
    store: &Store,
    lesson: &Lesson,
    run: &Run,
    guesses: &[Option<(usize, String)>],
) -> Result<String> {
    let mut text = String::new();
    for (at, question) in lesson.page.questions.iter().enumerate() {
        let answer = question.answer(|name| run.fact(name));
        let guess = guesses[at].as_ref();
        let asked = crate::markdown::render(&format!("*{}*", question.ask.replace('\n', " ")));
        text += &format!("{}\n", asked.trim_end());
        let guessed = guess.map(|(option, _)| *option);
        text += &format!("{}\n", tell(question, &answer, &run.knobs, guessed));
        if let Some((option, reason)) = guess {
            // With a knob turned, the question was still about the program as it is.
            let is_as_asked = !run.knobs.is_empty() && *option == question.marked();
            let guess = Guess {
                option: *option,
                right: *option == answer.option() || is_as_asked,
                reason: reason.clone(),
            };
            store.update(|progress| {
                let record = progress.lessons.entry(lesson.name.clone()).or_default();
                record.guesses.insert(at, guess);
            })?;
            if !reason.is_empty() {
                text += &format!("{}\n\n", format!("Your reason was: {reason}").bright_black());
            }
        }
    }
    Ok(text)
}

/// Lets the learner type knobs and run again, as often as they like.
fn turn_knobs(keyboard: &Keyboard, course: &Course, lesson: &Lesson) -> Result<bool> {
    loop {
        let line = keyboard.ask_line("Knobs to run it with, Enter to go on, or q to leave: ")?;
        let Some(line) = line.filter(|line| line.trim() != "q") else { return Ok(false) };
        if line.trim().is_empty() {
            println!();
            return Ok(true);
        }
        let knobs: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        println!();
        let run = run_live(keyboard, course, lesson, &knobs)?;
        if run.succeeded() {
            // Some knobs are about the status that a shell would see.
            println!("\n{}", run.outcome.ending.to_string().bright_black());
        }
        println!();
    }
}
