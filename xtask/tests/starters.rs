//! What becomes of a student's working copies when a newer course brings other starters.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of exercises as the build script sees it, with one starter.
struct Exercises {
    folder: PathBuf,
}

impl Exercises {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("starters-{test}"));
        let _ = fs::remove_dir_all(&folder);
        for below in ["starters/threads", "out"] {
            fs::create_dir_all(folder.join(below)).expect("a folder for the test");
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exercises/build.rs");
        let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        rustc.args(["--edition", "2024", "-o", "script"]).arg(script).current_dir(&folder);
        assert!(rustc.status().expect("rustc runs").success());
        Self { folder }
    }

    /// A pull brings this starter, and the next build lays it out.
    fn pull(&self, starter: &str) {
        self.write("starters/threads/stir.rs", starter);
        let mut script = Command::new(self.folder.join("script"));
        script.current_dir(&self.folder).env("OUT_DIR", self.folder.join("out"));
        assert!(script.output().expect("the script runs").status.success());
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), text).expect("a file of the test is written");
    }

    fn copy(&self) -> String {
        fs::read_to_string(self.folder.join(COPY)).expect("a starter is laid out")
    }
}

const COPY: &str = "threads/stir.rs";

#[test]
fn a_copy_that_nobody_has_edited_becomes_the_newer_starter() {
    let exercises = Exercises::new("unedited");
    exercises.pull("todo!()");
    exercises.pull("todo!(\"stir\")");
    assert_eq!(exercises.copy(), "todo!(\"stir\")");
}

#[test]
fn an_answer_stays_whatever_the_starter_becomes() {
    let exercises = Exercises::new("answered");
    exercises.pull("todo!()");
    exercises.write(COPY, "stir()");
    exercises.pull("todo!(\"stir\")");
    exercises.pull("todo!(\"stir well\")");
    assert_eq!(exercises.copy(), "stir()");
}

#[test]
fn a_copy_that_was_reset_becomes_the_newer_starter() {
    let exercises = Exercises::new("reset");
    exercises.pull("todo!()");
    exercises.write(COPY, "stir()");
    exercises.pull("todo!(\"stir\")");
    exercises.write(COPY, "todo!(\"stir\")"); // as a reset does
    exercises.pull("todo!(\"stir well\")");
    assert_eq!(exercises.copy(), "todo!(\"stir well\")");
}

#[test]
fn what_lies_in_an_exercises_place_does_not_stop_the_build() {
    let exercises = Exercises::new("in-the-way");
    fs::create_dir_all(exercises.folder.join(COPY)).expect("a folder in its place");
    exercises.pull("todo!()");
    assert!(exercises.folder.join(COPY).is_dir());
}

#[test]
fn an_answer_that_was_there_before_any_record_stays() {
    let exercises = Exercises::new("before");
    fs::create_dir_all(exercises.folder.join("threads")).expect("a folder for the answer");
    exercises.write(COPY, "stir()");
    exercises.pull("todo!()");
    exercises.pull("todo!(\"stir\")");
    assert_eq!(exercises.copy(), "stir()");
}
