//! Builds the same judge again and again: Cargo is asked once how, then the compiler is called directly.
//!
//! Between a save and its verdict Cargo would spend more time on finding out that nothing else has
//! changed than the compiler does on the answer. So somebody who watches a file remembers Cargo's call of the
//! compiler, word for word, for as long as nothing has changed but the answer, and holds Cargo's lock
//! while it is repeated. When in doubt, Cargo is asked again.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::cargo::{self, Build, Progress};
use crate::course::{Course, Exercise};
use crate::fingerprint::Basis;
use crate::judge;
use crate::terminal;
use crate::warden::{self, Cancel, Ending, Job, Limits, Output, Piped};

/// The calls of the compiler that are known, by exercise.
#[derive(Debug, Default)]
pub struct Calls(Mutex<BTreeMap<String, Call>>);

/// How to compile a judge with its answer.
#[derive(Debug, Clone)]
struct Call {
    /// A line for a shell, as Cargo prints it.
    line: String,
    /// The fingerprint of all that this depends on, except the answer.
    basis: String,
}

/// What libraries that were built otherwise than the call expects make of it: not the answer's fault.
const STALE: [&str; 5] = ["E0460", "E0461", "E0462", "E0463", "E0514"];

impl Calls {
    /// Builds the judge of an exercise with the answer as it is now. Cancelled, what is returned means
    /// nothing.
    ///
    /// # Errors
    /// Those of [`cargo::build`].
    pub fn build(
        &self,
        cancel: &Cancel,
        course: &Course,
        exercise: Exercise,
        progress: Progress,
    ) -> Result<Build> {
        let basis = Basis::read(&course.root)?.without_answer(&course.root, exercise)?;
        let known = self.lock().get(exercise.name).cloned();
        if let Some(call) = known.filter(|call| call.basis == basis && call.finds_its_libraries())
            && let Some(build) = call.repeat(cancel, course, exercise)?
        {
            return Ok(build);
        }
        // Cargo trusts file times, and an older text put back in place has an older time. Touching the
        // judge, never the student's file, makes Cargo look again.
        judge::touch(&course.root.join(exercise.judge_path()))?;
        let name = ["-vv", "--package", "exercises", "--test", exercise.name];
        let arguments = [&name, exercise.build_options(&course.root)?].concat();
        let build = cargo::build_unless(cancel, &course.root, &arguments, progress)?;
        if let Some(line) = build.call_for(exercise.name).filter(|_| cfg!(unix)) {
            let call = Call { line: line.to_owned(), basis };
            self.lock().insert(exercise.name.to_owned(), call);
        }
        Ok(build)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Call>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Call {
    /// `cargo clean` in another terminal takes them away.
    fn finds_its_libraries(&self) -> bool {
        let libraries = self.line.split(" --extern ").skip(1);
        let paths = libraries.filter_map(|library| library.split_once('=')?.1.split(' ').next());
        paths.map(|path| path.trim_matches('\'')).all(|path| Path::new(path).exists())
    }

    /// Takes the lock by which one Cargo keeps another from building in the same place. `None` when it is
    /// taken, or is not where it used to be.
    fn take_cargos_lock(&self) -> Option<File> {
        let (_, rest) = self.line.split_once(" --out-dir ")?;
        let folder = Path::new(rest.split(' ').next()?.trim_matches('\''));
        let lock = File::open(folder.parent()?.join(".cargo-lock")).ok()?;
        lock.try_lock().ok()?;
        Some(lock)
    }

    /// Calls the compiler. `None` when it cannot be called now, or ends in a way that only Cargo can explain.
    fn repeat(
        &self,
        cancel: &Cancel,
        course: &Course,
        exercise: Exercise,
    ) -> Result<Option<Build>> {
        let Some(_lock) = self.take_cargos_lock() else { return Ok(None) };
        let Piped { stdout, stderr, running } = warden::start_piped(&Job {
            program: "/bin/sh".into(),
            args: vec!["-c".to_owned(), format!("exec env {}", self.line)],
            env: Vec::new(),
            dir: course.root.clone(),
            limits: Limits::for_builds(),
            output: Output::Inherit,
        })?;
        running.end_when(cancel)?;
        // The compiler prints nothing there; a pipe that nobody empties would stop it if it did.
        let silence =
            std::thread::spawn(move || std::io::copy(&mut { stdout }, &mut std::io::sink()));
        let said = hear(stderr)?;
        let outcome = running.wait().context("the compiler cannot be run")?;
        let _ = silence.join();
        let mut build = Build::default();
        match outcome.ending {
            Ending::Exited(0) => {
                let Some(program) = said.program else { return Ok(None) };
                build.executables.insert(exercise.name.to_owned(), program);
            }
            _ if said.errors.is_empty() || said.is_stale => return Ok(None),
            _ => _ = build.errors.insert(exercise.name.to_owned(), said.errors),
        }
        Ok(Some(build))
    }
}

/// What the compiler said.
#[derive(Default)]
struct Said {
    program: Option<PathBuf>,
    errors: String,
    is_stale: bool,
}

/// Reads the compiler's messages, a JSON object in each line.
fn hear(stderr: impl Read) -> Result<Said> {
    let mut said = Said::default();
    for line in BufReader::new(stderr).lines() {
        let line = line.context("the compiler's messages cannot be read")?;
        let Ok(message) = serde_json::from_str::<Value>(&line) else { continue };
        if message["emit"] == "link" {
            said.program = message["artifact"].as_str().map(PathBuf::from);
        }
        // The compiler counts its errors in one more, which Cargo keeps to itself.
        let counts =
            message["message"].as_str().is_some_and(|it| it.starts_with("aborting due to"));
        if message["level"] == "error" && !counts {
            let text = message["rendered"].as_str().unwrap_or_default();
            if cargo::is_in_colour() {
                said.errors += text;
            } else {
                said.errors += &terminal::without_colours(text);
            }
            said.is_stale |= STALE.iter().any(|code| message["code"]["code"] == *code);
        }
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_and_the_errors_are_heard() {
        let said = hear(
            "{\"$message_type\":\"artifact\",\"artifact\":\"t/deps/stir.d\",\"emit\":\"dep-info\"}\n\
             {\"$message_type\":\"artifact\",\"artifact\":\"t/deps/stir-1\",\"emit\":\"link\"}\n\
             {\"level\":\"warning\",\"rendered\":\"unused\"}\n\
             no JSON\n\
             {\"level\":\"error\",\"rendered\":\"mismatched\\n\",\"code\":{\"code\":\"E0308\"}}\n\
             {\"level\":\"error\",\"rendered\":\"all\",\"message\":\"aborting due to 1 error\"}\n"
                .as_bytes(),
        );
        let said = said.unwrap();
        assert_eq!(said.program.as_deref(), Some(Path::new("t/deps/stir-1")));
        assert_eq!((said.errors.as_str(), said.is_stale), ("mismatched\n", false));
    }

    #[test]
    fn a_library_of_another_build_is_not_the_answers_fault() {
        let said =
            hear(r#"{"level":"error","rendered":"","code":{"code":"E0463"}}"#.as_bytes()).unwrap();
        assert!(said.is_stale);
    }

    #[test]
    fn libraries_are_looked_for_where_the_call_names_them() {
        let here = std::env::current_exe().unwrap();
        let finds = |library: &str| {
            let line = format!("rustc --crate-name stir --extern soup={library} -C debuginfo=0");
            Call { line, basis: String::new() }.finds_its_libraries()
        };
        assert!(finds(&here.display().to_string()) && finds(&format!("'{}'", here.display())));
        assert!(!finds("/nowhere/libsoup.rlib"));
    }
}
