//! What a client used: seconds on the clock, seconds of CPU, and the most memory it ever held.
#![allow(unsafe_code, reason = "CPU time of a process is one C call, and std has none")]

use std::fmt;
use std::str::FromStr;
use std::time::Instant;

/// One client's report; as text, the line it prints: `answered seconds cpu_seconds peak_kib`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    pub(crate) answered: usize,
    /// From just before the first request to just after the last answer.
    pub(crate) seconds: f64,
    /// User and system time of all threads in that span, in seconds; starting up and importing stay out of it.
    pub(crate) cpu_seconds: f64,
    /// The largest resident set of the process in its whole life, in KiB.
    pub(crate) peak_kib: f64,
}

impl Measured {
    /// Runs `fetch_all`, which returns how many answers it got, and measures it.
    pub(crate) fn of<E>(fetch_all: impl FnOnce() -> Result<usize, E>) -> Result<Self, E> {
        let (cpu_before, before) = (cpu_seconds(), Instant::now());
        let answered = fetch_all()?;
        let seconds = before.elapsed().as_secs_f64();
        Ok(Self {
            answered,
            seconds,
            cpu_seconds: cpu_seconds() - cpu_before,
            peak_kib: peak_kib(),
        })
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.answered, self.seconds, self.cpu_seconds, self.peak_kib)
    }
}

impl FromStr for Measured {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let numbers: Vec<f64> = line.split(' ').filter_map(|number| number.parse().ok()).collect();
        let [answered, seconds, cpu_seconds, peak_kib] = numbers[..] else {
            return Err(format!("expected four numbers from the client, got {line:?}"));
        };
        Ok(Self { answered: answered as usize, seconds, cpu_seconds, peak_kib })
    }
}

#[cfg(unix)]
fn cpu_seconds() -> f64 {
    // SAFETY: all-zero bytes are a valid `rusage`, a struct of integers.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to a live `rusage` of ours, which the call only fills in. It cannot fail with these
    // arguments, and would leave zeros.
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &raw mut usage) };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

// Where nobody tells, the table shows a dash.
#[cfg(not(unix))]
fn cpu_seconds() -> f64 {
    f64::NAN
}

// `ru_maxrss` would be at hand in getrusage, but Linux lets a child inherit it from its parent across exec.
fn peak_kib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(f64::NAN)
}
