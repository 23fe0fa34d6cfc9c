//! What only the operating system can do, on Unix: sessions, limits, signals, and who has ended.

#![expect(unsafe_code, reason = "these are system calls that the standard library does not offer")]

use std::collections::HashSet;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use super::{Limits, family};

/// Address space for each byte of memory a program may use. Threads and allocators reserve far more
/// than they touch (64 threads: over 1 GiB), so the warden watches what is in use; this is the second
/// net, for a single request beyond all reason.
const ADDRESSES_PER_BYTE: u64 = 16;

/// How long strays are hunted. They are dead after a round or two, unless they fork faster than that.
const HUNT: Duration = Duration::from_secs(5);

/// Restores what Unix tools do when `| head` has seen enough: they end, without an error message.
pub fn end_quietly_when_the_reader_of_our_output_is_gone() {
    // SAFETY: the default action runs no code of ours, and no other thread is started yet that could
    // be setting signal actions too.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
}

/// Makes this process a warden: out of reach of the terminal's signals, and the parent of orphans.
pub(super) fn become_warden() -> io::Result<()> {
    // A session of its own: Ctrl-C and hang-up reach the runner only, and the program may print to the
    // terminal whatever `stty tostop` says, since it has no controlling terminal.
    // SAFETY: takes no pointers.
    if unsafe { libc::setsid() } == -1 {
        return Err(io::Error::last_os_error());
    }
    #[cfg(target_os = "linux")]
    {
        // SAFETY: takes numbers only. Whatever loses its parent below us becomes our child, even from
        // a session of its own.
        if unsafe { libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1) } == -1 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the name is a C string that outlives the call. With a name of its own the warden
        // survives a `pkill xtask`, and can clean up after it.
        unsafe { libc::prctl(libc::PR_SET_NAME, c"warden".as_ptr()) };
    }
    Ok(())
}

/// Puts the command in a process group of its own, within its limits, bound to the warden's life.
pub(super) fn confine(command: &mut Command, limits: &Limits) {
    let warden = std::process::id();
    let cpu = limits.cpu.map(|time| time.as_secs().max(1));
    let memory = limits.memory_bytes.map(|bytes| bytes.saturating_mul(ADDRESSES_PER_BYTE));
    command.process_group(0);
    let confine = move || {
        set_limit(libc::RLIMIT_CORE, 0, 0)?;
        if let Some(cpu) = cpu {
            // The hard limit comes a second later, so that SIGXCPU says which limit it was.
            set_limit(libc::RLIMIT_CPU, cpu, cpu + 1)?;
        }
        // Elsewhere a program is born with more address space than that, and the limit refused.
        if cfg!(target_os = "linux")
            && let Some(memory) = memory
        {
            set_limit(libc::RLIMIT_AS, memory, memory)?;
        }
        die_with(warden)
    };
    // SAFETY: between fork and exec only calls are made that are safe in a signal handler (setrlimit,
    // prctl, getppid), and nothing is allocated: an `io::Error` from a number is not boxed.
    unsafe { command.pre_exec(confine) };
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
type Resource = libc::__rlimit_resource_t;
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
type Resource = libc::c_int;

fn set_limit(resource: Resource, soft: u64, hard: u64) -> io::Result<()> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `limit` is valid for writing during the call.
    if unsafe { libc::getrlimit(resource, &mut limit) } == -1 {
        return Err(io::Error::last_os_error());
    }
    // A hard limit can only be lowered: where somebody has set a lower one, that one holds.
    limit.rlim_max = limit.rlim_max.min(hard);
    limit.rlim_cur = limit.rlim_max.min(soft);
    // SAFETY: `limit` is valid for reading during the call.
    match unsafe { libc::setrlimit(resource, &limit) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Asks for death when the warden dies.
#[cfg(target_os = "linux")]
fn die_with(warden: u32) -> io::Result<()> {
    // SAFETY: takes numbers only.
    if unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) } == -1 {
        return Err(io::Error::last_os_error());
    }
    // It may have died before that was asked; then another process is our parent by now.
    if std::os::unix::process::parent_id() == warden {
        Ok(())
    } else {
        Err(io::Error::from_raw_os_error(libc::ESRCH))
    }
}

#[cfg(not(target_os = "linux"))]
fn die_with(_: u32) -> io::Result<()> {
    Ok(())
}

/// Whether the program has ended. It stays a zombie, so its id, which is its group's too, stays its
/// own until the group is killed. Orphans that have ended are reaped.
pub(super) fn has_ended(child: &mut Child) -> io::Result<bool> {
    loop {
        // SAFETY: all zeros is a valid value of this plain C structure.
        let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
        let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
        // SAFETY: `info` is valid for writing during the call.
        if unsafe { libc::waitid(libc::P_ALL, 0, &mut info, options) } == -1 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: waitid has filled the fields of a child's end, or left the zeros.
        let ended = unsafe { info.si_pid() };
        match u32::try_from(ended) {
            Ok(0) | Err(_) => return Ok(false),
            Ok(pid) if pid == child.id() => return Ok(true),
            Ok(_) => reap(ended),
        }
    }
}

/// Whether processes that lose their parent below the warden become its own children.
pub(super) const ADOPTS_ORPHANS: bool = cfg!(target_os = "linux");

/// Whether no process is below the warden, not even one that has ended. Where orphans are adopted, an
/// orphan's own children cannot be overlooked: the orphan itself is a child.
pub(super) fn has_no_children() -> bool {
    // SAFETY: all zeros is a valid value of this plain C structure.
    let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
    let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
    // SAFETY: `info` is valid for writing during the call.
    let failed = unsafe { libc::waitid(libc::P_ALL, 0, &mut info, options) } == -1;
    failed && io::Error::last_os_error().raw_os_error() == Some(libc::ECHILD)
}

/// How many processes below the warden are alive, without the program itself.
pub(super) fn strays(child: &Child) -> usize {
    let family = family::descendants(std::process::id());
    family.iter().filter(|process| process.is_alive && process.pid != child.id()).count()
}

/// Kills the program and its group. It must not have been waited for: its id must still be its own.
pub(super) fn kill_all(child: &mut Child) {
    kill_group(child.id());
}

/// Kills whatever is still below the warden, until nothing is.
///
/// Only children of the warden are killed, and their groups: nobody else can reap them, so an id
/// cannot meanwhile have passed to a stranger. Their own children become ours when they die.
pub(super) fn kill_strays() {
    let warden = std::process::id();
    let started = Instant::now();
    while started.elapsed() < HUNT {
        let mut family = family::descendants(warden);
        if family.is_empty() {
            return;
        }
        family.retain(|process| process.parent == warden);
        // Whole groups first: nobody forks out of a group that is being killed.
        let groups: HashSet<_> = family.iter().map(|process| process.group).collect();
        // A group of which the system tells no id is 0, and that would mean our own.
        groups.into_iter().filter(|group| ![0, warden].contains(group)).for_each(kill_group);
        for process in &family {
            signal(signed(process.pid), libc::SIGKILL);
            reap(signed(process.pid));
        }
        // The killed need a moment to die.
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn kill_group(group: u32) {
    signal(-signed(group), libc::SIGKILL);
}

fn signed(pid: u32) -> libc::pid_t {
    libc::pid_t::try_from(pid).expect("a process id fits its own type")
}

fn signal(pid: libc::pid_t, signal: libc::c_int) {
    // SAFETY: takes numbers only. That the addressee is already gone is as good as success.
    unsafe { libc::kill(pid, signal) };
}

/// Takes note of the end of a child, if it has ended.
fn reap(pid: libc::pid_t) {
    // SAFETY: a null pointer is allowed where the status is not wanted.
    unsafe { libc::waitpid(pid, std::ptr::null_mut(), libc::WNOHANG) };
}
