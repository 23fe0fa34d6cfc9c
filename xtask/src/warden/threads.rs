//! What the threads of a process are doing this moment, as `/proc` tells it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::syscalls::{Purpose, purpose};

/// A thread, as it was a moment ago.
#[derive(Debug, Clone)]
pub(super) struct Thread {
    pub(super) id: u32,
    /// Cut to 15 bytes by the kernel.
    pub(super) name: String,
    /// It computes, or would if a core were free.
    pub(super) is_running: bool,
    /// A signal has stopped its process, in whatever call it was.
    pub(super) is_stopped: bool,
    /// The system call it waits in. `None` where it waits in none, or the kernel does not tell.
    pub(super) call: Option<Call>,
    /// How often it gave up a core, by itself or not, in the kernel's words: equal texts at two moments
    /// mean that it did not run in between.
    pub(super) switches: String,
    /// Processor time it has used; zero where the kernel does not count it.
    pub(super) cpu: Duration,
}

/// A system call and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) purpose: Purpose,
    pub(super) arguments: Vec<u64>,
}

impl Call {
    /// Whether it is a wait on one word of memory that only another thread can end.
    pub(super) fn is_untimed_futex(&self) -> bool {
        const TIMEOUT: usize = 3;
        self.purpose == Purpose::Futex && self.arguments.get(TIMEOUT) == Some(&0)
    }
}

/// All threads of a process, each read when it is its turn; none when the process has ended or the
/// system does not tell.
pub(super) fn threads_of(pid: u32) -> impl Iterator<Item = Thread> {
    let entries = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    entries.filter_map(|entry| read(&entry.path()))
}

/// Reads one thread's files; `None` when it ends meanwhile.
fn read(task: &Path) -> Option<Thread> {
    let file = |name: &str| fs::read_to_string(task.join(name)).ok();
    let status = file("status")?;
    let state = status.lines().find_map(|line| line.strip_prefix("State:\t")?.get(..1));
    // Not everybody may read it, and not every kernel has it.
    let call = file("syscall").unwrap_or_default();
    let nanoseconds = file("schedstat").and_then(|text| text.split(' ').next()?.parse().ok());
    let switches = status.lines().filter(|line| line.contains("ctxt_switches"));
    Some(Thread {
        id: task.file_name()?.to_str()?.parse().ok()?,
        name: file("comm")?.trim_end_matches('\n').to_owned(),
        is_running: state == Some("R"),
        is_stopped: state == Some("T"),
        call: parse(&call),
        switches: switches.collect(),
        cpu: Duration::from_nanos(nanoseconds.unwrap_or(0)),
    })
}

/// Reads `202 0x7f… 0x189 0x2 0x0 …`: a call's number in decimal, then its arguments. A thread that
/// computes is `running`; one that waits outside of any call has the number -1.
fn parse(syscall: &str) -> Option<Call> {
    let mut fields = syscall.split_whitespace();
    let number = fields.next()?.parse().ok().filter(|number| *number >= 0)?;
    let arguments = fields
        .map(|field| u64::from_str_radix(field.strip_prefix("0x")?, 16).ok())
        .collect::<Option<_>>()?;
    Some(Call { purpose: purpose(number), arguments })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_futex_with_a_timeout_can_end_by_itself() {
        let futex = libc::SYS_futex;
        let timed = parse(&format!("{futex} 0x7f00 0x189 0x2 0x7ffe00 0x0 0x0 0x1 0x2\n")).unwrap();
        let untimed = parse(&format!("{futex} 0x7f00 0x189 0x2 0x0 0x0 0x0 0x1 0x2\n")).unwrap();
        assert!(!timed.is_untimed_futex());
        assert!(untimed.is_untimed_futex());
    }

    #[test]
    fn a_thread_outside_of_any_call_waits_in_none() {
        assert_eq!(parse("running\n"), None);
        assert_eq!(parse("-1 0x7ffe 0x55\n"), None);
        assert_eq!(parse(""), None);
    }
}
