//! A person is the scheduler: chooses which thread of a real program moves next, until it goes wrong.
//!
//! - [`arena`] runs the program and asks it where it stands; the program answers, as JSON, through the
//!   `check` of the crate `interleave`. Each question is a run of its own, so undoing is asking again.
//! - `game` keeps the moves and says what a key means; `screen` draws; `catalog` knows what can be played.

pub mod arena;
mod catalog;
mod game;
mod screen;

use std::io::{self, BufRead, Write};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use colored::Colorize;

use crate::course::Course;
use crate::progress::Store;
use crate::terminal::{self, Key, Keyboard};
use arena::Arena;
use game::{Command, Game, Outcome};

/// Which program of a name is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// A game's program, which goes wrong; where there is no such game, the student's answer to the exercise.
    Broken,
    /// A game's repaired program.
    Fixed,
    /// The student's answer to the exercise, also where a game has its name.
    Answer,
}

impl Version {
    /// The one that two flags ask for.
    #[must_use]
    pub fn asked(fixed: bool, answer: bool) -> Self {
        match (fixed, answer) {
            (_, true) => Self::Answer,
            (true, false) => Self::Fixed,
            (false, false) => Self::Broken,
        }
    }
}

/// The command that lets a student play their own answer to the exercise of this name.
#[must_use]
pub fn command_for_answer(course: &Course, exercise: &str) -> String {
    let flag = if catalog::is_game(course, exercise) { " --answer" } else { "" };
    format!("cargo xtask play {exercise}{flag}")
}

/// How to play.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Which program.
    pub version: Version,
    /// For a projector, with votes.
    pub large: bool,
    /// Somebody sits at the terminal.
    pub interactive: bool,
}

/// Plays a game, or lists them. False if the goal was not reached and moves came through a pipe.
///
/// # Errors
/// When there is no such game or exercise, or its program cannot be built or run.
pub fn play(course: &Course, store: &Store, name: Option<&str>, options: Options) -> Result<bool> {
    let Some(name) = name else {
        print!("{}", catalog::list(course, &store.load()?.0)?);
        return Ok(true);
    };
    if !options.interactive {
        return by_lines(course, store, name, options.version, io::stdin().lock(), io::stdout());
    }
    let Some(mut game) = begin(course, store, name, options, &mut io::stdout())? else {
        return Ok(false);
    };
    let keyboard = Keyboard::take()?;
    by_keys(course, store, &mut game, options.large, &mut || keyboard.wait_for_key())?;
    Ok(true)
}

/// Plays an exercise for somebody whose keys come from elsewhere; returns when they have had enough.
///
/// # Errors
/// When the exercise has no schedules, or its program cannot be built or run.
pub fn within(
    course: &Course,
    store: &Store,
    name: &str,
    next_key: &mut dyn FnMut() -> Result<Key>,
) -> Result<()> {
    let options = Options { version: Version::Answer, large: false, interactive: true };
    match begin(course, store, name, options, &mut io::stdout())? {
        Some(mut game) => by_keys(course, store, &mut game, false, next_key),
        None => Ok(()),
    }
}

/// Searches through all runs, and draws the clearest losing one or writes everything down for tools.
///
/// # Errors
/// When there is no such game or exercise, its program cannot be built or run, there is no losing run to
/// draw, or a file cannot be written.
pub fn save(
    course: &Course,
    name: &str,
    version: Version,
    svg: Option<&Path>,
    json: Option<&Path>,
) -> Result<()> {
    let playable = catalog::find(course, name, version)?;
    let arena = Arena::build(course, &playable, false)?;
    let arena = arena.map_err(|errors| anyhow!("{errors}\n{name} does not compile"))?;
    let searched = arena.search()?;
    let write = |path: &Path, text: &str| {
        std::fs::write(path, text)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        println!("{}", path.display());
        anyhow::Ok(())
    };
    if let Some(path) = json {
        write(path, &searched.json())?;
    }
    if let Some(path) = svg {
        let drawing = searched.svg.as_deref().with_context(|| {
            format!("no run of {name} goes wrong, so there is none to draw: {}", searched.drawn)
        })?;
        write(path, drawing)?;
    }
    Ok(())
}

/// Builds what is played and begins. `None` if a student's answer does not compile or is not written yet: then
/// that has been said.
fn begin(
    course: &Course,
    store: &Store,
    name: &str,
    options: Options,
    mut output: impl Write,
) -> Result<Option<Game>> {
    let playable = catalog::find(course, name, options.version)?;
    match Arena::build(course, &playable, options.interactive)? {
        Ok(arena) => {
            let best = store.load()?.0.games.get(&playable.kept_as).copied();
            let game = Game::begin(arena, playable, best)?;
            if game.is_unwritten() {
                let file = &game.playable.file;
                writeln!(output, "{} {name}: still has a todo!(). Edit {file}", "✗".red())?;
                return Ok(None);
            }
            Ok(Some(game))
        }
        Err(errors) => {
            writeln!(output, "{errors}\n{} {name}: does not compile.", "✗".red())?;
            Ok(None)
        }
    }
}

fn by_keys(
    course: &Course,
    store: &Store,
    game: &mut Game,
    large: bool,
    next_key: &mut dyn FnMut() -> Result<Key>,
) -> Result<()> {
    let mut votes = game::Votes::default();
    loop {
        terminal::clear_screen();
        print!("{}", screen::draw(course, game, large.then_some(&votes)));
        io::stdout().flush().context("the terminal cannot be written to")?;
        let command = match next_key()? {
            Key::Leave => return Ok(()),
            Key::Next if large && !game.hides_the_board() => match votes.winner() {
                Some(key) => game.command(key),
                None => continue,
            },
            Key::Next => game.plain_command(),
            Key::Back => Some(Command::Undo),
            Key::Char(key) if large && game.is_move(key) => {
                votes.add(key);
                continue;
            }
            Key::Char(key) => game.command(key),
            Key::Redraw => None,
        };
        if matches!(command, Some(Command::Move(_) | Command::Undo | Command::Restart)) {
            votes = game::Votes::default();
        }
        match command {
            Some(Command::Leave) => return Ok(()),
            Some(command) => obey(store, game, command)?,
            None => {}
        }
    }
}

/// Plays a game whose moves come as lines, and writes what a player would see after each. False if the
/// goal was not reached.
///
/// # Errors
/// When there is no such game, its program cannot be built or run, or a line is no move.
pub fn by_lines(
    course: &Course,
    store: &Store,
    name: &str,
    version: Version,
    input: impl BufRead,
    mut output: impl Write,
) -> Result<bool> {
    let options = Options { version, large: false, interactive: false };
    let Some(mut game) = begin(course, store, name, options, &mut output)? else {
        return Ok(false);
    };
    writeln!(output, "{}", screen::draw(course, &game, None))?;
    for line in input.lines() {
        let line = line.context("the moves cannot be read")?;
        for word in line.split_whitespace() {
            let command = match word.chars().collect::<Vec<_>>()[..] {
                [key] => game.command(key),
                _ => None,
            };
            let Some(command) = command else {
                let word: String = word.chars().take(40).collect();
                bail!("`{word}` is no move here. Possible now: {}", game.keys());
            };
            if matches!(command, Command::Leave) {
                return Ok(game.has_won());
            }
            obey(store, &mut game, command)?;
            writeln!(output, "{}", screen::draw(course, &game, None))?;
        }
    }
    Ok(game.has_won())
}

/// Carries out a command, and keeps the score of a game that was won with it.
fn obey(store: &Store, game: &mut Game, command: Command) -> Result<()> {
    game.obey(command)?;
    if let Outcome::Won { moves, helped: false, .. } = game.outcome()
        && game.best().is_none_or(|best| moves < best)
    {
        game.set_best(moves);
        store.update(|progress| {
            let best = progress.games.entry(game.playable.kept_as.clone()).or_insert(moves);
            *best = moves.min(*best);
        })?;
    }
    Ok(())
}
