//! A tiny course in a folder of its own, and the guide run in it as a real process.

#![allow(dead_code, unreachable_pub, reason = "each test program uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use timeline::Record;

/// The guide under test.
pub const GUIDE: &str = env!("CARGO_BIN_EXE_xtask");

/// The one exercise that most tests solve, badly or well.
pub const COPY: &str = "exercises/threads/stir.rs";

/// An answer to it.
pub fn answer(body: &str) -> String {
    format!("pub fn stir() -> u32 {{\n{body}\n}}\n")
}

/// An answer that the compiler is never done with.
pub fn endless_to_compile() -> String {
    let endless = "const N: u64 = { let mut n = 0; while n < u64::MAX { n += 1; } n };";
    format!("#[allow(long_running_const_eval)]\n{endless}\n{}", answer("N as u32"))
}

/// The real course: the folder that holds this crate.
pub fn real_course() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the course").to_owned()
}

/// A fresh copy of the tiny course; removed when dropped.
pub struct Clone {
    folder: PathBuf,
    /// Held by the one that uses a folder which stays.
    stays: Option<fs::File>,
}

impl Clone {
    /// Copies the tiny course into a folder named after the test.
    pub fn new(test: &str) -> Self {
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}", std::process::id()));
        Self::lay_out(folder, None)
    }

    /// The same in a folder that stays, with all that was built there: what takes long to build is
    /// built once. Another run of the same test waits its turn.
    pub fn that_keeps_its_builds(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let turn = fs::File::create(folder.with_extension("lock")).expect("the folder is writable");
        turn.lock().expect("files can be locked here");
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_name() != "target" {
                let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
            }
        }
        Self::lay_out(folder, Some(turn))
    }

    fn lay_out(folder: PathBuf, stays: Option<fs::File>) -> Self {
        let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tiny_course");
        copy(&tiny, &folder);
        for spoons in 1..=3 {
            let mut record = Record::default();
            record.measure("spoons", f64::from(spoons));
            let file = folder.join(format!("crates/threads/{spoons}.timeline"));
            fs::write(file, record.to_wire()).expect("the clone is writable");
        }
        let clone = Self { folder, stays };
        let locked =
            clone.cargo().args(["generate-lockfile", "--offline"]).output().expect("cargo runs");
        assert!(locked.status.success(), "{}", String::from_utf8_lossy(&locked.stderr));
        clone
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.join(below)
    }

    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap_or_else(|error| panic!("{below}: {error}"))
    }

    pub fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("below the clone")).expect("the clone is writable");
        fs::write(path, text).expect("the clone is writable");
    }

    /// The guide, ready to run in the clone with nobody at the keyboard.
    pub fn guide(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(GUIDE);
        self.prepare(&mut command);
        command.args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs the guide to its end.
    pub fn run(&self, arguments: &[&str]) -> Finished {
        Finished::of(self.guide(arguments).output().expect("the guide runs"))
    }

    /// The processes whose program lies in the clone's folder: judges and what they started.
    #[cfg(target_os = "linux")]
    pub fn programs(&self) -> Vec<PathBuf> {
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let programs =
            processes.filter_map(|process| fs::read_link(process.path().join("exe")).ok());
        programs.filter(|program| program.starts_with(&self.folder)).collect()
    }

    /// How many compilers work on the clone.
    #[cfg(target_os = "linux")]
    pub fn compilers(&self) -> usize {
        let processes = fs::read_dir("/proc").unwrap().flatten().map(|process| process.path());
        let ours = processes.filter(|process| {
            fs::read_link(process.join("cwd")).is_ok_and(|folder| folder.starts_with(&self.folder))
        });
        let name = |process: &PathBuf| fs::read_to_string(process.join("comm"));
        ours.filter(|process| name(process).is_ok_and(|name| name.trim() == "rustc")).count()
    }

    fn cargo(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        self.prepare(&mut command);
        command
    }

    /// Each clone has its own target folder: Cargo would take one clone's program for another's.
    pub fn prepare(&self, command: &mut Command) {
        command.current_dir(&self.folder).env("RUST_BACKTRACE", "0");
        for variable in ["CARGO_TARGET_DIR", "CI", "NO_COLOR", "CLICOLOR_FORCE", "TIMELINE_RECORD"]
        {
            command.env_remove(variable);
        }
    }
}

impl Drop for Clone {
    fn drop(&mut self) {
        if self.stays.is_none() {
            // A folder that stays behind hurts no other test: its name is unique.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// What a finished run printed, and how it ended.
pub struct Finished {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Finished {
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the guide prints text");
        Self {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            code: output.status.code(),
        }
    }

    /// Asserts the exit code and returns what was printed on stdout.
    #[track_caller]
    pub fn expect(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self.stdout
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).expect("the clone is writable");
        return;
    }
    fs::create_dir_all(to).expect("the clone is writable");
    for entry in fs::read_dir(from).expect("the tiny course is readable").flatten() {
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}

/// Asserts that `text` holds `part`, and shows the text if not.
#[track_caller]
pub fn holds(text: &str, part: &str) {
    assert!(text.contains(part), "no {part:?} in:\n{text}");
}

/// Waits for a fact that must come true; the patience is only there to fail loudly.
#[track_caller]
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let since = std::time::Instant::now();
    while !holds() {
        assert!(since.elapsed() < Duration::from_secs(60), "never came true: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
