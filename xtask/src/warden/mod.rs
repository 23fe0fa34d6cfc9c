//! Runs code that nobody vouches for: watched, within limits, and gone afterwards, whatever happens.
//!
//! A student's answer may loop, deadlock, print without end, fork, or end the program. So between the
//! guide (the *runner*) and the program stands a second process, the *warden*: the guide's own
//! executable started again, see [`serve`]. The two hold the ends of one line. When the runner dies, by
//! whatever death, the kernel closes its end; the warden notices, kills the program and all it has
//! started, and leaves. That needs no signal handler, and works for KILL, which no handler sees.
//!
//! - The runner's half is [`start`], and [`Cancel`] ends a job from elsewhere; the warden's is `serve`,
//!   and `watch` supervises the program.
//! - `threads` and `family` read `/proc`; `stillness` proves a deadlock early; `observe` makes a
//!   [`Diagnosis`], and `diagnosis` words it. Where there is no `/proc`, a verdict comes at the limit.
//! - `unix` holds all that is unsafe; `elsewhere` stands in for it on other systems.

mod cancel;
mod capture;
mod diagnosis;
mod ending;
mod family;
mod observe;
#[cfg(not(unix))]
#[path = "elsewhere.rs"]
mod os;
#[cfg(unix)]
#[path = "unix.rs"]
mod os;
mod runner;
#[cfg(unix)]
mod serve;
mod stillness;
mod syscalls;
mod threads;
mod watch;

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use cancel::Cancel;
pub use capture::Captured;
pub use diagnosis::{Diagnosis, Doing, ThreadState};
pub use ending::{Cause, Death, Ending};
pub use os::end_quietly_when_the_reader_of_our_output_is_gone;
pub use runner::{Piped, Running, run, run_unless, start, start_piped};
#[cfg(unix)]
pub use serve::serve;

/// The hidden command by which the guide starts itself as a warden.
pub const SUBCOMMAND: &str = "warden";

/// There is no warden process on this system: the runner watches by itself.
#[cfg(not(unix))]
#[must_use]
pub fn serve() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}

/// What to run, where, and within which limits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// The executable: an absolute path, since `dir` is entered first.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<String>,
    /// Variables set on top of the runner's own environment.
    pub env: Vec<(String, String)>,
    /// The folder it runs in.
    pub dir: PathBuf,
    /// What it may use.
    pub limits: Limits,
    /// Where its output goes. Its stdin is always empty: it never takes keys from the guide.
    pub output: Output,
}

/// Where the program's output goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Output {
    /// Into the [`Outcome`].
    Capture,
    /// Where the runner's own output goes.
    Inherit,
}

/// What a program may use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Limits {
    /// How long it may run.
    pub wall: Option<Duration>,
    /// Processor time for each of its processes, kept by the kernel; whole seconds. A last resort, for
    /// what outlives even the warden: choose it well above `wall` times the cores of a large machine.
    pub cpu: Option<Duration>,
    /// Memory in use by all its processes together, in bytes. Kept on Linux.
    pub memory_bytes: Option<u64>,
    /// How much of each output stream is kept: so many bytes of its beginning, so many of its end.
    pub keep_output_bytes: usize,
    /// How many bytes it may print, both streams together. Only counted where output is captured.
    pub flood_bytes: u64,
}

impl Limits {
    /// For an answer and its judge, which take well under a second unless something is wrong.
    #[must_use]
    pub fn for_answers() -> Self {
        Self {
            wall: Some(Duration::from_secs(10)),
            cpu: Some(Duration::from_secs(600)),
            memory_bytes: Some(1 << 30),
            keep_output_bytes: 64 << 10,
            flood_bytes: 16 << 20,
        }
    }

    /// For a build. A compiler that computes for a minute on one crate will never be done: a constant
    /// or a macro without end. The kernel stops it; on a slow machine, the largest library takes a
    /// quarter of that.
    #[must_use]
    pub fn for_builds() -> Self {
        Self { cpu: Some(Duration::from_secs(60)), ..Self::for_lessons() }
    }

    /// For a lesson's program, which may take what its knobs ask for, measured undisturbed.
    #[must_use]
    pub fn for_lessons() -> Self {
        Self {
            wall: None,
            cpu: None,
            memory_bytes: None,
            keep_output_bytes: 1 << 20,
            flood_bytes: 64 << 20,
        }
    }
}

/// How a run went.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// What it printed on stdout; empty unless captured.
    pub stdout: Captured,
    /// What it printed on stderr; empty unless captured.
    pub stderr: Captured,
    /// How long it ran.
    pub wall: Duration,
    /// How many processes it had started that were still alive at its end. They are dead now.
    pub strays: usize,
}
