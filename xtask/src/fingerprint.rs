//! Tells whether an answer must be judged again: by what files say, never by when they were saved.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xxhash_rust::xxh3::Xxh3;

use crate::course::Exercise;

/// The hash of everything that all verdicts depend on. Made once per command.
#[derive(Clone)]
pub struct Basis(Xxh3);

impl Basis {
    /// Reads what judges share: their library, the engine, the versions of all libraries.
    ///
    /// # Errors
    /// When one of the files cannot be read.
    pub fn read(root: &Path) -> Result<Self> {
        let mut hash = Xxh3::new();
        for path in [
            "Cargo.lock",
            "Cargo.toml",
            "exercises/Cargo.toml",
            "exercises/src",
            "crates/interleave/src",
        ] {
            for file in files_below(&root.join(path))? {
                feed(&mut hash, &file)?;
            }
        }
        Ok(Self(hash))
    }

    /// The fingerprint of the verdict on `answer` by the exercise's judge.
    ///
    /// # Errors
    /// When the judge or the answer cannot be read.
    pub fn of(&self, root: &Path, exercise: Exercise, answer: &Path) -> Result<String> {
        let mut hash = self.with_judge(root, exercise)?;
        feed(&mut hash, answer)?;
        Ok(in_letters(&hash))
    }

    /// The fingerprint of all that the exercise's verdicts depend on, except the answer.
    ///
    /// # Errors
    /// When the judge cannot be read.
    pub fn without_answer(&self, root: &Path, exercise: Exercise) -> Result<String> {
        Ok(in_letters(&self.with_judge(root, exercise)?))
    }

    fn with_judge(&self, root: &Path, exercise: Exercise) -> Result<Xxh3> {
        let mut hash = self.0.clone();
        feed(&mut hash, &root.join(exercise.judge_path()))?;
        Ok(hash)
    }
}

fn in_letters(hash: &Xxh3) -> String {
    format!("{:032x}", hash.digest128())
}

fn feed(hash: &mut Xxh3, file: &Path) -> Result<()> {
    let text = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    // The length keeps the end of one file from passing for the start of the next.
    hash.update(&text.len().to_le_bytes());
    hash.update(&text);
    Ok(())
}

fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries =
        fs::read_dir(path).with_context(|| format!("{} cannot be listed", path.display()))?;
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let files = entries.iter().map(|entry| files_below(entry)).collect::<Result<Vec<_>>>()?;
    Ok(files.concat())
}
