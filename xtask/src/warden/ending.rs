//! How a program ended, in data and in words.

use std::fmt;
use std::process::ExitStatus;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Captured, Diagnosis};

/// How a program ended. Its `Display` is for the person whose program it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Ending {
    /// By itself, with this exit code.
    Exited(i32),
    /// It was killed, by a signal or for its memory.
    Signalled(Death),
    /// It was still running at its time limit.
    TimedOut(Diagnosis),
    /// It was proved, before its time limit, that it can never move again.
    Stuck(Diagnosis),
    /// It printed more than it may.
    Flooded,
}

/// A violent end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Death {
    /// The signal's number.
    pub signal: i32,
    /// Why it came, as far as can be told.
    pub cause: Cause,
}

/// Why a program was killed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// It used more memory than it may: so many bytes, where the limit was the warden's.
    OutOfMemory(Option<u64>),
    /// It ran out of stack.
    StackOverflow,
    /// Not told by the program; the signal says all there is.
    Unknown,
}

impl Ending {
    /// The ending of a program that the warden left alone. Its last words tell an overflow of the
    /// stack and a refused allocation from any other abort.
    pub(super) fn of(status: ExitStatus, stderr: &Captured, wall: Duration) -> Self {
        if let Some(code) = status.code() {
            return Self::Exited(code);
        }
        let signal = signal_of(status);
        if signal_name(signal) == Some("SIGXCPU") {
            let diagnosis = Diagnosis { after: wall, threads: Vec::new(), spent: true };
            return Self::TimedOut(diagnosis);
        }
        let last_words = stderr.text();
        let cause = if last_words.contains("has overflowed its stack") {
            Cause::StackOverflow
        } else if last_words.contains("memory allocation of") {
            Cause::OutOfMemory(None)
        } else {
            Cause::Unknown
        };
        Self::Signalled(Death { signal, cause })
    }
}

impl Death {
    /// The warden's own sentence on a program that used more than `limit` bytes.
    pub(super) fn of_memory(limit: u64) -> Self {
        Self { signal: KILL, cause: Cause::OutOfMemory(Some(limit)) }
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "The program ended with exit code {code}."),
            Self::Signalled(death) => death.fmt(f),
            Self::TimedOut(diagnosis) => {
                write!(f, "Still running after {:.1} s. {diagnosis}", diagnosis.after.as_secs_f64())
            }
            Self::Stuck(diagnosis) => diagnosis.fmt(f),
            Self::Flooded => f.write_str(
                "It printed without end, and was stopped. Way out: take the printing out of the loop, \
                 or let the loop end.",
            ),
        }
    }
}

impl fmt::Display for Death {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signal = self.signal;
        let name = signal_name(signal).map_or_else(|| format!("signal {signal}"), str::to_owned);
        match self.cause {
            Cause::OutOfMemory(Some(limit)) => write!(
                f,
                "It used more than {} MiB of memory, and was stopped. {OUT_OF_MEMORY}",
                limit >> 20
            ),
            Cause::OutOfMemory(None) => {
                write!(f, "It asked for more memory than there is ({name}). {OUT_OF_MEMORY}")
            }
            Cause::StackOverflow => write!(
                f,
                "It ran out of stack ({name}). Way out: a function that calls itself needs a case in \
                 which it does not."
            ),
            Cause::Unknown if name == "SIGABRT" => write!(
                f,
                "It aborted ({name}): it called abort, or panicked where a panic cannot be caught."
            ),
            Cause::Unknown if name == "SIGKILL" => write!(
                f,
                "It was killed from outside ({name}), perhaps by the system for lack of memory."
            ),
            Cause::Unknown => write!(f, "It was killed by {name}."),
        }
    }
}

const OUT_OF_MEMORY: &str = "Way out: look for what grows without end: a queue without a \
     bound, or printing, which a judge keeps.";

/// The signal that no program can refuse.
#[cfg(unix)]
const KILL: i32 = libc::SIGKILL;
#[cfg(not(unix))]
const KILL: i32 = 9;

#[cfg(unix)]
fn signal_of(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.signal().unwrap_or_default()
}

#[cfg(not(unix))]
fn signal_of(_: ExitStatus) -> i32 {
    0
}

#[cfg(unix)]
fn signal_name(signal: i32) -> Option<&'static str> {
    Some(match signal {
        libc::SIGABRT => "SIGABRT",
        libc::SIGBUS => "SIGBUS",
        libc::SIGFPE => "SIGFPE",
        libc::SIGHUP => "SIGHUP",
        libc::SIGILL => "SIGILL",
        libc::SIGINT => "SIGINT",
        libc::SIGKILL => "SIGKILL",
        libc::SIGPIPE => "SIGPIPE",
        libc::SIGSEGV => "SIGSEGV",
        libc::SIGTERM => "SIGTERM",
        libc::SIGTRAP => "SIGTRAP",
        libc::SIGXCPU => "SIGXCPU",
        _ => return None,
    })
}

#[cfg(not(unix))]
fn signal_name(_: i32) -> Option<&'static str> {
    None
}
