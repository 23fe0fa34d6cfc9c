//! A crew of cooks who work at once, and are waited for.

use interleave::thread;

/// Does `job` as cook 0, cook 1 and so on, all at once; returns when the last one is done.
///
/// The threads are those of `interleave`: ordinary ones, unless an exploration is going on.
///
/// # Panics
/// If a job panics, or the system has no more threads.
pub fn all_at_once(cooks: usize, job: impl Fn(usize) + Sync) {
    thread::scope(|kitchen| {
        for cook in 0..cooks {
            let job = &job;
            let named = thread::Builder::new().name(format!("cook-{cook}"));
            named.spawn_scoped(kitchen, move || job(cook)).expect("a thread can be started");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Barrier, Mutex};

    #[test]
    fn all_cooks_are_there_at_the_same_time() {
        let (gate, seen) = (Barrier::new(3), Mutex::new(vec![]));
        all_at_once(3, |cook| {
            gate.wait();
            seen.lock().unwrap().push(cook);
        });
        let mut seen = seen.into_inner().unwrap();
        seen.sort_unstable();
        assert_eq!(seen, [0, 1, 2]);
    }
}
