//! Why a program does not end, in data and in words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Why a program does not end. Its `Display` is a plain sentence, what each thread does, and a way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// How long the program had run.
    pub after: Duration,
    /// All its threads, those of its child processes too. Empty where the system does not tell.
    pub threads: Vec<ThreadState>,
    /// It has used up the processor time it may have.
    pub spent: bool,
}

/// A thread, and what it was doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadState {
    /// Its name; empty if it has none; ending with `…` where the system keeps the first 15 bytes only.
    pub name: String,
    /// The child process it belongs to, by program and id; `None` for the program itself.
    pub process: Option<String>,
    /// What it was doing.
    pub doing: Doing,
    /// Processor time it has used so far; zero where the system does not tell.
    pub cpu: Duration,
}

/// What a thread can be seen doing. The order is that of the story: first what holds up the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Doing {
    /// Computes, every time one looks.
    Spins,
    /// Stands still since its process got a signal to stop.
    Stopped,
    /// Waits for a mutex.
    WaitsForLock,
    /// Waits for the end of a child process.
    WaitsForChild,
    /// Sleeps for a time.
    Sleeps,
    /// Waits for another thread, no longer than a timeout.
    WaitsWithTimeout,
    /// Waits to read from a file, a pipe, or a socket.
    Reads,
    /// Waits until somebody reads what it writes.
    Writes,
    /// Waits for the other side of a network connection.
    WaitsForNetwork,
    /// Waits for events, as a runtime for async code does.
    WaitsForEvents,
    /// Is parked: waits for a message of a channel, or to be unparked. So does a test runner, and an
    /// idle worker, whatever the others do: hence behind them.
    WaitsForMessage,
    /// Waits for a condition variable, a barrier, or another kind of lock.
    WaitsForNotice,
    /// Waits for something else.
    Waits,
    /// Waits for the end of the thread with this name.
    Joins(String),
}

impl Diagnosis {
    /// Whether it computes without end, rather than waits.
    #[must_use]
    pub fn spins(&self) -> bool {
        self.spent || self.threads.iter().any(|thread| thread.doing == Doing::Spins)
    }

    /// Whether every thread waits for another, so that none can ever move.
    #[must_use]
    pub fn is_deadlock(&self) -> bool {
        !self.threads.is_empty() && self.threads.iter().all(|thread| thread.doing.needs_a_thread())
    }

    fn sentence(&self) -> String {
        if self.spins() {
            let spinning = self.threads.iter().filter(|thread| thread.doing == Doing::Spins);
            let names: Vec<_> = spinning.map(ThreadState::title).collect();
            return match names.as_slice() {
                [] => "The program is spinning: it has used up its processor time.".to_owned(),
                [one] => format!("Thread {one} is spinning: it computes and comes to no end."),
                many => format!("{} threads are spinning: they come to no end.", many.len()),
            };
        }
        if self.threads.iter().any(|thread| thread.doing == Doing::Stopped) {
            return "A signal has stopped it, and nobody lets it continue.".to_owned();
        }
        if self.is_deadlock() {
            return format!(
                "Every thread is waiting for {}, so none can ever move.",
                Vec::from_iter(self.awaited()).join(" or ")
            );
        }
        if self.threads.is_empty() {
            return "What it waits for cannot be told on this system.".to_owned();
        }
        "No thread is computing; each waits, and nothing comes.".to_owned()
    }

    /// What the threads of a deadlock wait for, each kind once.
    fn awaited(&self) -> BTreeSet<&'static str> {
        let kind = |thread: &ThreadState| match thread.doing {
            Doing::WaitsForLock => "a lock",
            Doing::WaitsForMessage => "a message",
            Doing::WaitsForNotice => "a notification",
            _ => "a thread to end",
        };
        self.threads.iter().map(kind).collect()
    }

    /// The way out of what comes first in the order of [`Doing`]; a join, its last, is never the cause.
    fn way_out(&self) -> &'static str {
        match self.threads.iter().map(|thread| &thread.doing).min() {
            _ if self.spins() => {
                "let its loop come to an end; to wait for somebody, block (lock, receive, join) instead of \
                 asking again and again."
            }
            Some(Doing::Stopped) => "send it no SIGSTOP, or SIGCONT after it: then it goes on.",
            Some(Doing::WaitsForLock) => {
                "take locks in the same order everywhere, and let go of one before anybody who needs it \
                 is waited for."
            }
            Some(Doing::WaitsForChild) => {
                "end the child process, or close its input so that it ends; then wait for it."
            }
            Some(Doing::Sleeps | Doing::WaitsWithTimeout) => {
                "wait for what is needed (a join, a message), not for time to pass; and a loop that naps \
                 and looks again ends only when somebody changes what it looks at."
            }
            Some(Doing::WaitsForMessage) => {
                "send what is waited for, or drop every sender when its work is done: then receiving ends."
            }
            Some(Doing::WaitsForNotice) => {
                "change what is waited for, then notify; and look at it before waiting, not only after."
            }
            Some(Doing::WaitsForEvents) => {
                "let what is awaited happen: send it, end the task, close the other end; or stop awaiting it."
            }
            _ => "close the other end when its work is done, or stop waiting for it.",
        }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// A pool of a thousand threads is shown by its first lines.
        const SHOWN: usize = 12;
        writeln!(f, "{}", self.sentence())?;
        let mut lines: BTreeMap<(&Doing, String), usize> = BTreeMap::new();
        for thread in &self.threads {
            *lines.entry((&thread.doing, thread.line())).or_default() += 1;
        }
        for ((_, line), count) in lines.iter().take(SHOWN) {
            let alike =
                if *count > 1 { format!(" ({count} threads alike)") } else { String::new() };
            writeln!(f, "  {line}{alike}")?;
        }
        if lines.len() > SHOWN {
            writeln!(f, "  … and {} more", lines.len() - SHOWN)?;
        }
        write!(f, "Way out: {}", self.way_out())
    }
}

impl ThreadState {
    fn title(&self) -> String {
        let name = match self.name.as_str() {
            "" => "without a name".to_owned(),
            name => format!("`{name}`"),
        };
        match &self.process {
            Some(process) => format!("{name} of the child process {process}"),
            None => name,
        }
    }

    fn line(&self) -> String {
        let doing = match &self.doing {
            Doing::Spins if self.cpu.is_zero() => "computes".to_owned(),
            Doing::Spins => {
                format!("computes: {:.1} s of processor time so far", self.cpu.as_secs_f64())
            }
            Doing::Stopped => "stands still, stopped by a signal".to_owned(),
            Doing::WaitsForLock => "waits for a lock".to_owned(),
            Doing::WaitsForMessage => "waits for a message, or to be unparked".to_owned(),
            Doing::WaitsForNotice => "waits for a notification or a lock".to_owned(),
            Doing::WaitsWithTimeout => "waits for another thread, with a timeout".to_owned(),
            Doing::Joins(name) if name.is_empty() => "joins a thread without a name".to_owned(),
            Doing::Joins(name) => format!("joins `{name}`"),
            Doing::Sleeps => "sleeps".to_owned(),
            Doing::Reads => "waits to read".to_owned(),
            Doing::Writes => "waits until somebody reads what it writes".to_owned(),
            Doing::WaitsForEvents => "waits for events".to_owned(),
            Doing::WaitsForNetwork => "waits for the network".to_owned(),
            Doing::WaitsForChild => "waits for a child process to end".to_owned(),
            Doing::Waits => "waits".to_owned(),
        };
        match self.name.as_str() {
            "" => format!("a thread {} {doing}", self.title()),
            _ => format!("{} {doing}", self.title()),
        }
    }
}

impl Doing {
    /// Whether only another thread can end it.
    fn needs_a_thread(&self) -> bool {
        use Doing::{Joins, WaitsForLock, WaitsForMessage, WaitsForNotice};
        matches!(self, WaitsForLock | WaitsForMessage | WaitsForNotice | Joins(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(threads: &[(&str, Doing)]) -> String {
        let state = |(name, doing): &(&str, Doing)| ThreadState {
            name: (*name).to_owned(),
            process: None,
            doing: doing.clone(),
            cpu: Duration::ZERO,
        };
        let threads = threads.iter().map(state).collect();
        Diagnosis { after: Duration::from_secs(1), threads, spent: false }.to_string()
    }

    #[test]
    fn a_deadlock_names_who_waits_and_last_who_joins() {
        let joins = Doing::Joins("deposit".into());
        let deadlock =
            [("main", joins), ("withdraw", Doing::WaitsForLock), ("deposit", Doing::WaitsForLock)];
        assert_eq!(
            words(&deadlock),
            "Every thread is waiting for a lock or a thread to end, so none can ever move.\n  \
             `deposit` waits for a lock\n  `withdraw` waits for a lock\n  `main` joins `deposit`\n\
             Way out: take locks in the same order everywhere, and let go of one before anybody who \
             needs it is waited for."
        );
    }

    #[test]
    fn one_that_spins_is_the_story_whoever_else_waits() {
        let text = words(&[("main", Doing::Joins("loop".into())), ("loop", Doing::Spins)]);
        assert!(text.starts_with("Thread `loop` is spinning"), "{text}");
    }

    #[test]
    fn a_sleeper_is_not_called_a_deadlock() {
        let text = words(&[("main", Doing::Sleeps), ("cook", Doing::WaitsForLock)]);
        assert!(text.starts_with("No thread is computing"), "{text}");
        assert!(!text.contains("none can ever move"), "{text}");
    }

    #[test]
    fn a_test_runner_that_waits_for_its_test_is_not_the_story() {
        let way_out = |doing: Doing| {
            let text = words(&[("main", Doing::WaitsForMessage), ("a_test", doing)]);
            text.split_once("Way out: ").expect("there is one").1.to_owned()
        };
        assert!(way_out(Doing::Sleeps).contains("a loop that naps"));
        assert!(way_out(Doing::WaitsForChild).contains("child process"));
        assert!(way_out(Doing::Stopped).contains("SIGCONT"));
        assert!(way_out(Doing::Reads).contains("close the other end"));
        assert!(way_out(Doing::WaitsForMessage).contains("send what is waited for"));
    }

    #[test]
    fn threads_alike_share_a_line_and_a_crowd_is_cut() {
        let alike = words(&[("", Doing::WaitsForMessage), ("", Doing::WaitsForMessage)]);
        assert!(alike.contains("a thread without a name waits for a message"), "{alike}");
        assert!(alike.contains("(2 threads alike)"), "{alike}");
        let names: Vec<_> = (0..20).map(|n| format!("cook-{n}")).collect();
        let crowd: Vec<_> = names.iter().map(|name| (name.as_str(), Doing::Waits)).collect();
        assert!(words(&crowd).contains("… and 8 more"));
    }
}
