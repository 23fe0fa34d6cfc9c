//! Looks at the exercise's files: which text is there now, if any.

use std::io::ErrorKind;

use anyhow::Result;

use crate::course::{Course, Exercise};
use crate::fingerprint::Basis;

/// What was seen.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// A text, and the judge that would judge it, by their common fingerprint.
    Text(String),
    /// Nothing that can be judged, and why.
    Nothing(String),
}

/// What looks. The engine and the list of libraries are read once: they change when a newer course is
/// pulled, and a watch that goes on over that is at worst not believed later.
pub(super) struct Eyes {
    basis: Basis,
}

impl Eyes {
    /// # Errors
    /// When a file that all verdicts depend on cannot be read.
    pub(super) fn open(course: &Course) -> Result<Self> {
        Ok(Self { basis: Basis::read(&course.root)? })
    }

    /// Looks once. The text itself is read, not the file's time: two saves of equal length within one
    /// tick of the file system's clock would look like one.
    pub(super) fn look(&self, course: &Course, exercise: Exercise) -> Sight {
        let copy = course.root.join(exercise.copy_path());
        // Editors that write in place empty the file first. That moment is no text to judge.
        if copy.metadata().is_ok_and(|file| file.is_file() && file.len() == 0) {
            return Sight::Nothing(format!("{} is empty.", exercise.copy_path()));
        }
        match self.basis.of(&course.root, exercise, &copy) {
            Ok(fingerprint) => Sight::Text(fingerprint),
            Err(error) => Sight::Nothing(match error.downcast_ref::<std::io::Error>() {
                Some(cause) if cause.kind() == ErrorKind::NotFound => {
                    let gone =
                        if copy.exists() { exercise.judge_path() } else { exercise.copy_path() };
                    format!("{gone} is gone.")
                }
                _ => format!("{error:#}."),
            }),
        }
    }
}
