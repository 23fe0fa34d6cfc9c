//! Proves that a program can never move again, without waiting for its time limit.
//!
//! The proof: every thread waits in a futex call without a timeout, so only another thread can wake
//! it; and no thread has run between two looks, so at one moment all of them waited at once. Nobody is
//! left to wake anybody. It holds for one process: another one could share the memory, or send a
//! signal, so a program with living children is never judged here.

use super::family;
use super::threads::{Thread, threads_of};

/// Two equal looks are the proof; two more cost little, and nobody has to trust that the kernel's
/// counters are always up to date.
const LOOKS: u32 = 4;

/// What has been seen of a program so far.
#[derive(Debug, Default)]
pub(super) struct Stillness {
    last: Option<String>,
    equal_looks: u32,
}

impl Stillness {
    /// Looks once more; true when it is proved. Call it at intervals.
    pub(super) fn is_proved(&mut self, pid: u32) -> bool {
        let seen = frozen(pid);
        self.note(seen) && family::descendants(pid).iter().all(|process| !process.is_alive)
    }

    fn note(&mut self, seen: Option<String>) -> bool {
        self.equal_looks = match (&seen, &self.last) {
            (None, _) => 0,
            (Some(seen), Some(last)) if seen == last => self.equal_looks + 1,
            (Some(_), _) => 1,
        };
        self.last = seen;
        self.equal_looks >= LOOKS
    }
}

/// All threads with their counters, if every one of them waits for another. The first that does not
/// spares reading the others: a program that works is hardly disturbed.
fn frozen(pid: u32) -> Option<String> {
    let line = |thread: Thread| {
        // One that was stopped on its way out of a call still shows that call.
        let may_run = thread.is_running || thread.is_stopped;
        let waits = !may_run && thread.call.is_some_and(|call| call.is_untimed_futex());
        waits.then(|| format!("{} {}\n", thread.id, thread.switches))
    };
    let lines: String = threads_of(pid).map(line).collect::<Option<_>>()?;
    (!lines.is_empty()).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(stillness: &mut Stillness, seen: &str) -> bool {
        stillness.note((!seen.is_empty()).then(|| seen.to_owned()))
    }

    #[test]
    fn four_equal_looks_are_a_proof() {
        let mut stillness = Stillness::default();
        let looks = [1, 2, 3, 4].map(|_| look(&mut stillness, "main 7"));
        assert_eq!(looks, [false, false, false, true]);
    }

    #[test]
    fn a_thread_that_ran_in_between_starts_the_proof_again() {
        let mut stillness = Stillness::default();
        for seen in ["main 7", "main 7", "main 7", "main 8", "main 8", "", "main 8", "main 8"] {
            assert!(!look(&mut stillness, seen), "at {seen}");
        }
    }
}
