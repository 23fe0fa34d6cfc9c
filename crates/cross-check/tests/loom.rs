//! Litmus programs have the same outcomes under interleave and under loom, wherever loom is right.
//!
//! Programs with `SeqCst` operations are left out: loom takes them for `AcqRel`, as its documentation says,
//! and reports outcomes that cannot be. Those are held against C++20 in interleave's own tests. So is the
//! program with four threads ("IRIW"): loom does not come to the end of it in minutes.

use std::collections::BTreeSet;
use std::sync::{Arc as RealArc, Mutex as RealMutex};

type Outcomes = BTreeSet<Vec<u32>>;

/// A runtime's litmus programs, run through all its schedules by `explore`.
macro_rules! litmus {
    ($runtime:ident, $explore:expr) => {
        mod $runtime {
            use super::*;
            use ::$runtime::sync::Arc;
            use ::$runtime::sync::atomic::AtomicU32;
            use ::$runtime::sync::atomic::Ordering::{Acquire, Relaxed, Release};
            use ::$runtime::sync::atomic::fence;
            use ::$runtime::thread;

            pub(super) struct Shared {
                x: AtomicU32,
                y: AtomicU32,
            }

            type Thread = fn(&Shared) -> Vec<u32>;

            /// What the threads may have read, one after the other.
            fn outcomes(threads: &'static [Thread]) -> Outcomes {
                let all = RealArc::new(RealMutex::new(Outcomes::new()));
                let found = RealArc::clone(&all);
                $explore(move || {
                    let shared = Arc::new(Shared { x: AtomicU32::new(0), y: AtomicU32::new(0) });
                    let handles: Vec<_> = threads
                        .iter()
                        .map(|thread| {
                            let shared = Arc::clone(&shared);
                            thread::spawn(move || thread(&shared))
                        })
                        .collect();
                    let read = handles.into_iter().flat_map(|handle| handle.join().unwrap());
                    found.lock().unwrap().insert(read.collect());
                });
                let all = all.lock().unwrap();
                all.clone()
            }

            /// All programs by name, with their outcomes.
            pub(super) fn all() -> Vec<(&'static str, Outcomes)> {
                const WRITES_RELAXED: Thread = |s| {
                    s.x.store(1, Relaxed);
                    s.y.store(1, Relaxed);
                    vec![]
                };
                const WRITES_RELEASE: Thread = |s| {
                    s.x.store(1, Relaxed);
                    s.y.store(1, Release);
                    vec![]
                };
                const READS_ACQUIRE: Thread = |s| vec![s.y.load(Acquire), s.x.load(Relaxed)];
                const READS_RELAXED: Thread = |s| vec![s.y.load(Relaxed), s.x.load(Relaxed)];
                const FENCED_WRITES: Thread = |s| {
                    s.x.store(1, Relaxed);
                    fence(Release);
                    s.y.store(1, Relaxed);
                    vec![]
                };
                const FENCED_READS: Thread = |s| {
                    let flag = s.y.load(Relaxed);
                    fence(Acquire);
                    vec![flag, s.x.load(Relaxed)]
                };
                const WRITES_X_READS_Y: Thread = |s| {
                    s.x.store(1, Release);
                    vec![s.y.load(Acquire)]
                };
                const WRITES_Y_READS_X: Thread = |s| {
                    s.y.store(1, Release);
                    vec![s.x.load(Acquire)]
                };
                const READS_X_WRITES_Y: Thread = |s| {
                    let read = s.x.load(Relaxed);
                    s.y.store(1, Relaxed);
                    vec![read]
                };
                const READS_Y_WRITES_X: Thread = |s| {
                    let read = s.y.load(Relaxed);
                    s.x.store(1, Relaxed);
                    vec![read]
                };
                const WRITES_TWICE: Thread = |s| {
                    s.x.store(1, Relaxed);
                    s.x.store(2, Relaxed);
                    vec![]
                };
                const READS_TWICE: Thread = |s| vec![s.x.load(Relaxed), s.x.load(Relaxed)];
                const ADDS: Thread = |s| vec![s.x.fetch_add(1, Relaxed)];
                const PASSES_ON: Thread = |s| {
                    s.y.fetch_add(1, Relaxed);
                    vec![]
                };
                const TAKES: Thread =
                    |s| vec![u32::from(s.x.compare_exchange(0, 1, Relaxed, Relaxed).is_ok())];
                vec![
                    ("message passing, relaxed", outcomes(&[WRITES_RELAXED, READS_RELAXED])),
                    ("message passing, half", outcomes(&[WRITES_RELEASE, READS_RELAXED])),
                    ("message passing, other half", outcomes(&[WRITES_RELAXED, READS_ACQUIRE])),
                    ("message passing", outcomes(&[WRITES_RELEASE, READS_ACQUIRE])),
                    ("message passing, fences", outcomes(&[FENCED_WRITES, FENCED_READS])),
                    ("message passing, one fence", outcomes(&[FENCED_WRITES, READS_RELAXED])),
                    ("store buffering", outcomes(&[WRITES_X_READS_Y, WRITES_Y_READS_X])),
                    ("load buffering", outcomes(&[READS_X_WRITES_Y, READS_Y_WRITES_X])),
                    ("coherence", outcomes(&[WRITES_TWICE, READS_TWICE])),
                    ("updates", outcomes(&[ADDS, ADDS])),
                    ("exchanges", outcomes(&[TAKES, TAKES])),
                    ("release sequence", outcomes(&[WRITES_RELEASE, PASSES_ON, READS_ACQUIRE])),
                ]
            }
        }
    };
}

litmus!(interleave, |body| {
    let report = ::interleave::Explorer::new().explore(body);
    assert!(report.complete, "{report}");
});
litmus!(loom, ::loom::model);

#[test]
fn wherever_loom_is_right_both_find_the_same_outcomes() {
    for ((name, ours), (_, theirs)) in interleave::all().into_iter().zip(loom::all()) {
        assert_eq!(ours, theirs, "{name}");
    }
}
