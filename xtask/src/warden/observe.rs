//! Watches a program's threads for a moment and tells what each of them is doing.

use std::collections::HashMap;
use std::thread::sleep;
use std::time::Duration;

use super::diagnosis::{Diagnosis, Doing, ThreadState};
use super::family;
use super::syscalls::Purpose;
use super::threads::{Call, Thread, threads_of};

/// A thread that spins is runnable at every look, however busy the machine; one that polls with naps
/// in between is seen asleep at most of them.
const LOOKS: usize = 5;
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// What keeps a program from its end, `after` it has run so long.
pub(super) fn diagnose(pid: u32, after: Duration) -> Diagnosis {
    let children = family::descendants(pid).into_iter().filter(|process| process.is_alive);
    let mut processes = vec![Watched { pid, title: None, threads: Vec::new() }];
    processes.extend(children.map(|child| Watched {
        pid: child.pid,
        title: Some(format!("{} {}", child.name, child.pid)),
        threads: Vec::new(),
    }));
    // How often each thread was seen running. The ids of threads are unique in the system.
    let mut running: HashMap<u32, usize> = HashMap::new();
    for look in 0..LOOKS {
        if look > 0 {
            sleep(BETWEEN_LOOKS);
        }
        for process in &mut processes {
            process.threads = threads_of(process.pid).collect();
            for thread in process.threads.iter().filter(|thread| thread.is_running) {
                *running.entry(thread.id).or_default() += 1;
            }
        }
    }
    let spins = |thread: &Thread| running.get(&thread.id).is_some_and(|seen| *seen > LOOKS / 2);
    let threads = processes.iter().flat_map(|process| process.states(spins)).collect();
    Diagnosis { after, threads, spent: false }
}

/// A process and its threads as last seen.
struct Watched {
    pid: u32,
    /// `None` for the program itself.
    title: Option<String>,
    threads: Vec<Thread>,
}

impl Watched {
    fn states(&self, spins: impl Fn(&Thread) -> bool) -> Vec<ThreadState> {
        let state = |thread: &Thread| ThreadState {
            name: name(thread, &self.threads, self.pid),
            process: self.title.clone(),
            doing: if spins(thread) {
                Doing::Spins
            } else {
                waiting(thread, &self.threads, self.pid)
            },
            cpu: thread.cpu,
        };
        self.threads.iter().map(state).collect()
    }
}

/// The name its author gave it. The kernel calls the first thread after the program, and a thread
/// without a name after whoever started it.
fn name(thread: &Thread, all: &[Thread], pid: u32) -> String {
    /// What the kernel keeps of a name.
    const KEPT: usize = 15;
    let programs_name = || all.iter().find(|other| other.id == pid).map(|main| &main.name);
    if thread.id == pid {
        "main".to_owned()
    } else if programs_name() == Some(&thread.name) {
        String::new()
    } else if thread.name.len() >= KEPT {
        format!("{}…", thread.name)
    } else {
        thread.name.clone()
    }
}

fn waiting(thread: &Thread, all: &[Thread], pid: u32) -> Doing {
    if thread.is_stopped {
        return Doing::Stopped;
    }
    let Some(call) = &thread.call else { return Doing::Waits };
    match call.purpose {
        Purpose::Futex => futex(call, all, pid),
        Purpose::Sleep => Doing::Sleeps,
        Purpose::Read => Doing::Reads,
        Purpose::Write => Doing::Writes,
        Purpose::Events => Doing::WaitsForEvents,
        Purpose::Network => Doing::WaitsForNetwork,
        Purpose::Child => Doing::WaitsForChild,
        Purpose::Other => Doing::Waits,
    }
}

/// Tells the kinds of waiting apart by the value a thread expects in the word it waits on. They are
/// how `std` and the C library write their locks today: wrong guesses would misname a wait, but
/// that all wait does not rest on them.
fn futex(call: &Call, all: &[Thread], pid: u32) -> Doing {
    /// The flag of a wait within one process.
    const PRIVATE: u64 = 128;
    /// A locked mutex for which somebody waits.
    const CONTENDED: u64 = 2;
    /// A parked thread: below `recv`, `park`, and scopes.
    const PARKED: u64 = u32::MAX as u64;
    let (operation, expected) = match call.arguments.as_slice() {
        // The word has 32 bits; what is above them in the register is left over.
        [_, operation, expected, ..] => (*operation, expected & PARKED),
        _ => return Doing::Waits,
    };
    if !call.is_untimed_futex() {
        return Doing::WaitsWithTimeout;
    }
    // A join waits for the kernel to wipe the thread's id, and the kernel wakes without the flag.
    if operation & PRIVATE == 0
        && let Some(joined) = all.iter().find(|thread| u64::from(thread.id) == expected)
    {
        return Doing::Joins(name(joined, all, pid));
    }
    match expected {
        CONTENDED => Doing::WaitsForLock,
        PARKED => Doing::WaitsForMessage,
        _ => Doing::WaitsForNotice,
    }
}
