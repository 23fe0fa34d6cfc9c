//! What a learner has done, kept in one file that survives two terminals, a crash and a damaged disk.
//!
//! One record a line, so that damage to one line costs no other; a last line counts the records, so
//! that a file cut short is noticed. Every change reads, changes and replaces the file under a lock.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// Everything remembered about one learner.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Progress {
    /// By lesson name.
    pub lessons: BTreeMap<String, LessonRecord>,
    /// By exercise name.
    pub exercises: BTreeMap<String, ExerciseRecord>,
    /// The fewest moves in which a game was won without help, by its name.
    pub games: BTreeMap<String, usize>,
}

impl Progress {
    /// How many records there are.
    fn records(&self) -> usize {
        self.lessons.len() + self.exercises.len() + self.games.len()
    }

    /// Whether the lesson with this name was walked to its end.
    #[must_use]
    pub fn has_finished(&self, lesson: &str) -> bool {
        self.lessons.get(lesson).is_some_and(|record| record.finished)
    }
}

/// What is remembered of a lesson.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct LessonRecord {
    /// Whether it was walked to its end.
    pub finished: bool,
    /// The latest guess for each question, by the question's place.
    pub guesses: BTreeMap<usize, Guess>,
}

/// A learner's answer to a question, given before the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// The option's place.
    pub option: usize,
    /// Whether the run said so too.
    pub right: bool,
    /// The learner's own reason; may be empty.
    pub reason: String,
}

/// What is remembered of an exercise.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExerciseRecord {
    /// The verdict on the text with this fingerprint; a changed text has no verdict.
    pub verdict: Option<(String, bool)>,
    /// How many hints were shown.
    pub hints: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Lesson(String, LessonRecord),
    Exercise(String, ExerciseRecord),
    Game(String, usize),
    Records(usize),
}

/// The file on disk.
pub struct Store {
    file: PathBuf,
    lock: PathBuf,
}

/// What was found damaged, and where it is kept.
#[derive(Debug)]
pub struct Damage {
    /// The copy of the damaged file.
    kept_as: PathBuf,
    /// How many records could still be read.
    saved: usize,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { kept_as, saved } = self;
        write!(f, "Your progress file was damaged. It is kept as {}; ", kept_as.display())?;
        write!(
            f,
            "{saved} records in it could still be read. Judge your answers anew: cargo xtask check"
        )
    }
}

impl Store {
    /// The store of the course in `root`; `scratch` holds its lock.
    #[must_use]
    pub fn new(root: &Path, scratch: &Path) -> Self {
        let file = root.join("progress.jsonl");
        // A link leads to where the learner wants it kept, and stays.
        let file = fs::canonicalize(&file).unwrap_or(file);
        Self { file, lock: scratch.join("progress.lock") }
    }

    /// Reads the progress; sets a damaged file aside and says so.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn load(&self) -> Result<(Progress, Option<Damage>)> {
        // Replaced in one step, the file can be read without the lock, where none can be had.
        let _lock = self.lock();
        self.load_locked()
    }

    /// Changes the progress as one step that no other terminal can come between.
    ///
    /// # Errors
    /// When the file cannot be read, locked or written.
    pub fn update<T>(&self, change: impl FnOnce(&mut Progress) -> T) -> Result<T> {
        let _lock = self.lock()?;
        let (mut progress, _) = self.load_locked()?;
        let result = change(&mut progress);
        self.write(&progress)?;
        Ok(result)
    }

    /// Waits for the lock; it is released when the returned file is dropped, or its process dies.
    fn lock(&self) -> Result<File> {
        let folder = self.lock.parent().expect("the lock lies in a folder");
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let file = File::create(&self.lock);
        let file = file.with_context(|| format!("{} cannot be opened", self.lock.display()))?;
        wait_for(&file).with_context(|| format!("{} cannot be locked", self.lock.display()))?;
        Ok(file)
    }

    fn load_locked(&self) -> Result<(Progress, Option<Damage>)> {
        let bytes = match fs::read(&self.file) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok((Progress::default(), None));
            }
            bytes => bytes.with_context(|| {
                format!("{} cannot be read. Move it away, and run this again", self.file.display())
            })?,
        };
        let (progress, whole) = parse(&String::from_utf8_lossy(&bytes));
        if whole {
            return Ok((progress, None));
        }
        let damage = self.set_aside(&progress)?;
        eprintln!("{damage}");
        Ok((progress, Some(damage)))
    }

    /// Keeps a copy of the damaged file, then replaces it by what could be read: at every moment there is
    /// one file or the other, and never none.
    fn set_aside(&self, saved: &Progress) -> Result<Damage> {
        let name = |n: usize| self.file.with_extension(format!("jsonl.damaged-{n}"));
        let kept_as = (1..).map(name).find(|path| !path.exists()).expect("some number is free");
        fs::copy(&self.file, &kept_as).with_context(|| {
            let file = self.file.display();
            format!("{file} is damaged and cannot be copied aside. Move it away yourself, and run this again")
        })?;
        self.write(saved)?;
        Ok(Damage { kept_as, saved: saved.records() })
    }

    /// Writes a new file and puts it in place in one step: a reader sees the old or the new, never half.
    fn write(&self, progress: &Progress) -> Result<()> {
        let new = self.file.with_extension("jsonl.new");
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&new)?;
            file.write_all(render(progress).as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, &self.file)
        };
        write().with_context(|| format!("{} cannot be written", self.file.display()))
    }
}

/// Waits for whoever holds the lock. Nobody needs more than a moment, unless they are stopped: that is worth a line.
fn wait_for(lock: &File) -> std::io::Result<()> {
    for _ in 0..20 {
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::Error(error)) => return Err(error),
            Ok(()) => return Ok(()),
        }
    }
    eprintln!(
        "Another cargo xtask keeps the progress file locked; waiting until it lets go or ends."
    );
    lock.lock()
}

fn render(progress: &Progress) -> String {
    let lessons =
        progress.lessons.iter().map(|(name, record)| Line::Lesson(name.clone(), record.clone()));
    let exercises = progress
        .exercises
        .iter()
        .map(|(name, record)| Line::Exercise(name.clone(), record.clone()));
    let games = progress.games.iter().map(|(name, moves)| Line::Game(name.clone(), *moves));
    let count = Line::Records(progress.records());
    let lines = lessons.chain(exercises).chain(games).chain([count]);
    lines.map(|line| serde_json::to_string(&line).expect("records are plain data") + "\n").collect()
}

/// Reads what can be read, and whether that is all there ever was.
fn parse(text: &str) -> (Progress, bool) {
    let mut progress = Progress::default();
    let mut whole = true;
    let mut counted = None;
    for line in text.lines() {
        match serde_json::from_str(line) {
            Ok(Line::Lesson(name, record)) => _ = progress.lessons.insert(name, record),
            Ok(Line::Exercise(name, record)) => _ = progress.exercises.insert(name, record),
            Ok(Line::Game(name, moves)) => _ = progress.games.insert(name, moves),
            Ok(Line::Records(count)) => counted = Some(count),
            Err(_) => whole = false,
        }
    }
    let records = progress.records();
    (progress, whole && counted == Some(records))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some_progress() -> Progress {
        let mut progress = Progress::default();
        let guess = Guess { option: 1, right: true, reason: "they \"wait\"\n together".into() };
        let guesses = BTreeMap::from([(0, guess)]);
        progress.lessons.insert("downloads".into(), LessonRecord { finished: true, guesses });
        let record = ExerciseRecord { verdict: Some(("ab12".into(), true)), hints: 2 };
        progress.exercises.insert("fetch_all".into(), record);
        progress.games.insert("deadlock".into(), 2);
        progress
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(parse(&render(&some_progress())), (some_progress(), true));
    }

    #[test]
    fn a_cut_at_any_byte_is_noticed_and_never_a_panic() {
        let text = render(&some_progress());
        // Cutting only the last line's end costs nothing.
        for at in 0..text.len() - 1 {
            assert!(!parse(&text[..at]).1, "a file cut at byte {at} passed as whole");
        }
    }

    #[test]
    fn a_damaged_line_costs_only_itself() {
        let text = render(&some_progress()).replace("\"downloads\"", "\u{fffd}");
        let (progress, whole) = parse(&text);
        assert!(!whole);
        assert_eq!(progress.exercises, some_progress().exercises);
    }
}
