//! The commands and their flags: the one place that help, completions and parsing derive from.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

/// Too Many Cooks: concurrency in Rust, by running it.
///
/// Without a command: where you are, and what is next.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 80)]
#[command(after_help = "A first lesson: cargo xtask lesson 1\nAnd then:       cargo xtask next")]
pub struct Cli {
    /// No prompts, no colour, no cursor movement: for pipes, logs and screen readers.
    ///
    /// This is also the way when the output is not a terminal.
    #[arg(long, global = true)]
    pub plain: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the lessons and exercises, with your progress.
    List,
    /// Walk through a lesson: predict, run, investigate, modify, make.
    Lesson {
        /// Number or name; the next one if left out.
        lesson: Option<String>,
        /// Let its program take as long as the articles' own, where it is cut short.
        #[arg(long)]
        full: bool,
        /// Knobs for its program: cargo xtask lesson 2 -- --files 6
        #[arg(last = true)]
        knobs: Vec<String>,
    },
    /// Show a lesson to a class: keys turn the knob, and the picture changes.
    Demo {
        /// Number or name; the next one if left out.
        lesson: Option<String>,
        /// Let its program take as long as the articles' own, where it is cut short.
        #[arg(long)]
        full: bool,
    },
    /// Say what is next.
    Next,
    /// Check your answers to these exercises, or to all that you have edited.
    Check {
        /// Exercises; all edited ones if left out.
        #[arg(value_name = "EXERCISE")]
        exercises: Vec<String>,
        /// Seconds an answer may run before it counts as stuck.
        #[arg(long, default_value_t = crate::judge::TIME_LIMIT.as_secs(), value_parser = clap::value_parser!(u64).range(1..=600))]
        limit: u64,
    },
    /// Work on exercises with the verdict beside you: edit, save, read.
    Watch {
        /// The exercise to start at; the current one if left out.
        exercise: Option<String>,
        /// Seconds an answer may run before it counts as stuck.
        #[arg(long, default_value_t = crate::judge::TIME_LIMIT.as_secs(), value_parser = clap::value_parser!(u64).range(1..=600))]
        limit: u64,
    },
    /// Show one more hint.
    Hint {
        /// The exercise; the current one if left out.
        exercise: Option<String>,
    },
    /// Show the solution, and the wrong answers that look right with what breaks each.
    Solution {
        /// The exercise; the current one if left out.
        exercise: Option<String>,
        /// Show it though the exercise is not passed yet.
        #[arg(long)]
        yes: bool,
    },
    /// Start an exercise over; your text is kept as a copy.
    Reset {
        /// The exercise.
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        exercise: Option<String>,
        /// All exercises.
        #[arg(long)]
        all: bool,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Be the scheduler: choose which thread moves next, and make a program go wrong.
    ///
    /// Through a pipe it reads one move a line: the number of a thread, or a command's letter.
    Play {
        /// A game or an exercise; the list of games if left out.
        name: Option<String>,
        /// Play the repaired program: try; then it is proved that nobody can.
        #[arg(long)]
        fixed: bool,
        /// Play your own answer, where a game has its exercise's name.
        #[arg(long, conflicts_with = "fixed")]
        answer: bool,
        /// For a projector: large, and the class votes with the keys.
        #[arg(long)]
        large: bool,
        /// Do not play: draw the clearest losing run into this file.
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
        /// Do not play: write what a search through all runs says into this file.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// Build the course as a book.
    Book {
        /// Open it in the browser.
        #[arg(long)]
        open: bool,
    },
    /// Measure the course's promises on this machine, as ratios.
    Bench {
        /// Which of them; all if left out.
        names: Vec<String>,
    },
    /// Turn a recorded timeline into a picture.
    Picture {
        /// A file written by a program that ran with TIMELINE_RECORD=FILE.
        record: PathBuf,
        /// Write an SVG here.
        #[arg(long)]
        svg: Option<PathBuf>,
        /// Write JSON for ui.perfetto.dev here.
        #[arg(long)]
        perfetto: Option<PathBuf>,
    },
    /// For authors: refresh what pages quote and show.
    Weave {
        /// Lessons by number or name; all if left out.
        lessons: Vec<String>,
        /// Change nothing; fail when something is stale.
        #[arg(long)]
        check: bool,
        /// Record the timelines' pictures anew.
        #[arg(long)]
        pictures: bool,
        /// Record the README's pictures of the terminal anew.
        #[arg(long)]
        terminal: bool,
    },
    /// For authors: prove that starters fail, solutions pass, wrong answers are rejected.
    Verify {
        /// Exercises by name; all if left out.
        exercises: Vec<String>,
        /// Where real threads run: 1,000 passes of each solution, 100 rejections of each wrong answer.
        #[arg(long)]
        thorough: bool,
        /// Write the table into the README.
        #[arg(long, conflicts_with = "exercises")]
        readme: bool,
    },
    /// For authors: show what a student sees whose answer is this wrong one.
    Refute {
        /// The exercise.
        exercise: String,
        /// The wrong answer, by its file's name.
        wrong: String,
    },
    /// Print a completion script for your shell, for an alias: alias xtask='cargo xtask'.
    Completions {
        /// bash, zsh, fish, powershell or elvish.
        shell: Shell,
    },
}
