//! The small programs by which memory models are told apart, each with the exact set of outcomes
//! that C++20 allows, less what the engine says it leaves out.
//!
//! Names and expectations: Alglave, Maranget, Tautschnig, *Herding cats* (TOPLAS 2014); Batty et
//! al., *Overhauling SC atomics in C11 and OpenCL* (POPL 2016); Lahav et al., *Repairing
//! sequential consistency in C/C++11* (PLDI 2017), whose corrections C++20 took up.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex as Real};

use interleave::Explorer;
use interleave::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use interleave::sync::atomic::{AtomicU32, fence};
use interleave::thread;

/// The variables of a litmus program. All start at 0.
#[derive(Default)]
struct Shared {
    x: AtomicU32,
    y: AtomicU32,
}

/// What one thread of a litmus program does; it returns what it has read.
type Thread = fn(&Shared) -> Vec<u32>;

/// All outcomes of running the threads side by side: what they read, one after the other.
fn outcomes(threads: &[Thread]) -> BTreeSet<Vec<u32>> {
    let all = Arc::new(Real::new(BTreeSet::new()));
    let (found, threads) = (Arc::clone(&all), threads.to_vec());
    let report = Explorer::new().explore(move || {
        let shared = Shared::default();
        let outcome = thread::scope(|scope| {
            let handles: Vec<_> =
                threads.iter().map(|thread| scope.spawn(|| thread(&shared))).collect();
            let read = handles.into_iter().flat_map(|handle| handle.join().unwrap());
            read.collect::<Vec<u32>>()
        });
        found.lock().unwrap().insert(outcome);
    });
    assert!(report.complete, "{report}");
    let outcomes = all.lock().unwrap();
    outcomes.clone()
}

fn set<const N: usize>(outcomes: &[[u32; N]]) -> BTreeSet<Vec<u32>> {
    outcomes.iter().map(|outcome| outcome.to_vec()).collect()
}

/// All outcomes of `N` reads of 0 or 1.
fn all_bits<const N: usize>() -> BTreeSet<Vec<u32>> {
    (0..1_u32 << N).map(|bits| (0..N).map(|bit| bits >> bit & 1).collect()).collect()
}

fn without<const N: usize>(mut all: BTreeSet<Vec<u32>>, one: [u32; N]) -> BTreeSet<Vec<u32>> {
    assert!(all.remove(one.as_slice()));
    all
}

/// Message passing: a write to `x`, then a flag in `y`; read the other way round.
fn message(write: Ordering, read: Ordering) -> BTreeSet<Vec<u32>> {
    let writer: Thread = match write {
        Release => |s| {
            s.x.store(1, Relaxed);
            s.y.store(1, Release);
            vec![]
        },
        SeqCst => |s| {
            s.x.store(1, Relaxed);
            s.y.store(1, SeqCst);
            vec![]
        },
        _ => |s| {
            s.x.store(1, Relaxed);
            s.y.store(1, Relaxed);
            vec![]
        },
    };
    let reader: Thread = match read {
        Acquire => |s| vec![s.y.load(Acquire), s.x.load(Relaxed)],
        SeqCst => |s| vec![s.y.load(SeqCst), s.x.load(Relaxed)],
        _ => |s| vec![s.y.load(Relaxed), s.x.load(Relaxed)],
    };
    outcomes(&[writer, reader])
}

#[test]
fn message_passing_needs_both_release_and_acquire() {
    let safe = set(&[[0, 0], [0, 1], [1, 1]]);
    for (write, read) in
        [(Release, Acquire), (SeqCst, SeqCst), (Release, SeqCst), (SeqCst, Acquire)]
    {
        assert_eq!(message(write, read), safe, "{write:?} {read:?}");
    }
    for (write, read) in [(Relaxed, Relaxed), (Release, Relaxed), (Relaxed, Acquire)] {
        assert_eq!(message(write, read), all_bits::<2>(), "{write:?} {read:?}");
    }
}

#[test]
fn fences_pass_messages_as_well() {
    let writer: Thread = |s| {
        s.x.store(1, Relaxed);
        fence(Release);
        s.y.store(1, Relaxed);
        vec![]
    };
    let reader: Thread = |s| {
        let flag = s.y.load(Relaxed);
        fence(Acquire);
        vec![flag, s.x.load(Relaxed)]
    };
    let without_fence: Thread = |s| vec![s.y.load(Relaxed), s.x.load(Relaxed)];
    assert_eq!(outcomes(&[writer, reader]), set(&[[0, 0], [0, 1], [1, 1]]));
    assert_eq!(outcomes(&[writer, without_fence]), all_bits::<2>());
}

#[test]
fn a_fence_does_not_cover_the_stores_before_it() {
    let writer: Thread = |s| {
        s.x.store(1, Relaxed);
        s.y.store(1, Relaxed);
        fence(Release);
        vec![]
    };
    let reader: Thread = |s| vec![s.y.load(Acquire), s.x.load(Relaxed)];
    assert_eq!(outcomes(&[writer, reader]), all_bits::<2>());
}

#[test]
fn store_buffering_is_ruled_out_by_seqcst_alone() {
    let seqcst: [Thread; 2] = [
        |s| {
            s.x.store(1, SeqCst);
            vec![s.y.load(SeqCst)]
        },
        |s| {
            s.y.store(1, SeqCst);
            vec![s.x.load(SeqCst)]
        },
    ];
    assert_eq!(outcomes(&seqcst), without(all_bits::<2>(), [0, 0]));
    let acqrel: [Thread; 2] = [
        |s| {
            s.x.store(1, Release);
            vec![s.y.load(Acquire)]
        },
        |s| {
            s.y.store(1, Release);
            vec![s.x.load(Acquire)]
        },
    ];
    assert_eq!(outcomes(&acqrel), all_bits::<2>());
    // A SeqCst store says nothing about a relaxed load that follows it.
    let half: [Thread; 2] = [
        |s| {
            s.x.store(1, SeqCst);
            vec![s.y.load(Relaxed)]
        },
        |s| {
            s.y.store(1, SeqCst);
            vec![s.x.load(Relaxed)]
        },
    ];
    assert_eq!(outcomes(&half), all_bits::<2>());
}

#[test]
fn store_buffering_is_ruled_out_by_seqcst_fences() {
    let fenced: [Thread; 2] = [
        |s| {
            s.x.store(1, Relaxed);
            fence(SeqCst);
            vec![s.y.load(Relaxed)]
        },
        |s| {
            s.y.store(1, Relaxed);
            fence(SeqCst);
            vec![s.x.load(Relaxed)]
        },
    ];
    assert_eq!(outcomes(&fenced), without(all_bits::<2>(), [0, 0]));
    assert_eq!(
        outcomes(&[fenced[0], |s| {
            s.y.store(1, SeqCst);
            vec![s.x.load(SeqCst)]
        }]),
        without(all_bits::<2>(), [0, 0]),
        "a fence and SeqCst operations stand in one order"
    );
    let weaker: Thread = |s| {
        s.y.store(1, Relaxed);
        fence(AcqRel);
        vec![s.x.load(Relaxed)]
    };
    assert_eq!(outcomes(&[fenced[0], weaker]), all_bits::<2>());
}

#[test]
fn load_buffering_is_not_modelled() {
    // C++20 allows [1, 1] too, and so do ARM processors; the engine says that it leaves it out.
    let threads: [Thread; 2] = [
        |s| {
            let read = s.x.load(Relaxed);
            s.y.store(1, Relaxed);
            vec![read]
        },
        |s| {
            let read = s.y.load(Relaxed);
            s.x.store(1, Relaxed);
            vec![read]
        },
    ];
    assert_eq!(outcomes(&threads), without(all_bits::<2>(), [1, 1]));
}

#[test]
fn a_weaker_store_does_not_overtake_a_seqcst_store() {
    // C++20 allows [1, 0] too, and so do ARM processors; the engine says that it leaves it out.
    let writer: Thread = |s| {
        s.x.store(1, SeqCst);
        s.y.store(1, Relaxed);
        vec![]
    };
    let reader: Thread = |s| vec![s.y.load(Relaxed), s.x.load(SeqCst)];
    assert_eq!(outcomes(&[writer, reader]), without(all_bits::<2>(), [1, 0]));
}

#[test]
fn nobody_sees_one_variable_go_back() {
    let writer: Thread = |s| {
        s.x.store(1, Relaxed);
        s.x.store(2, Relaxed);
        vec![]
    };
    let reader: Thread = |s| vec![s.x.load(Relaxed), s.x.load(Relaxed)];
    let forward = set(&[[0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [2, 2]]);
    assert_eq!(outcomes(&[writer, reader]), forward);
}

#[test]
fn two_readers_agree_on_the_order_of_two_writes_to_one_variable() {
    let write_1: Thread = |s| {
        s.x.store(1, Relaxed);
        vec![]
    };
    let write_2: Thread = |s| {
        s.x.store(2, Relaxed);
        vec![]
    };
    let reader: Thread = |s| vec![s.x.load(Relaxed), s.x.load(Relaxed)];
    let found = outcomes(&[write_1, write_2, reader, reader]);
    assert!(found.contains(&vec![1, 2, 1, 2]) && found.contains(&vec![2, 1, 2, 1]));
    assert!(!found.contains(&vec![1, 2, 2, 1]) && !found.contains(&vec![2, 1, 1, 2]));
}

#[test]
fn what_one_has_written_or_read_one_does_not_forget() {
    let reader: Thread = |s| {
        let first = s.x.load(Relaxed);
        s.x.store(2, Relaxed);
        vec![first, s.x.load(Relaxed)]
    };
    let writer: Thread = |s| {
        s.x.store(1, Relaxed);
        vec![]
    };
    assert_eq!(outcomes(&[reader, writer]), set(&[[0, 1], [0, 2], [1, 2]]));
}

#[test]
fn independent_readers_agree_under_seqcst_only() {
    let seqcst: [Thread; 4] = [
        |s| {
            s.x.store(1, SeqCst);
            vec![]
        },
        |s| {
            s.y.store(1, SeqCst);
            vec![]
        },
        |s| vec![s.x.load(SeqCst), s.y.load(SeqCst)],
        |s| vec![s.y.load(SeqCst), s.x.load(SeqCst)],
    ];
    assert_eq!(outcomes(&seqcst), without(all_bits::<4>(), [1, 0, 1, 0]));
    let acquire: [Thread; 4] = [
        |s| {
            s.x.store(1, Release);
            vec![]
        },
        |s| {
            s.y.store(1, Release);
            vec![]
        },
        |s| vec![s.x.load(Acquire), s.y.load(Acquire)],
        |s| vec![s.y.load(Acquire), s.x.load(Acquire)],
    ];
    assert_eq!(outcomes(&acquire), all_bits::<4>());
}

#[test]
fn seqcst_loads_of_a_weaker_store_stand_in_one_order() {
    // [atomics.order]: of two SeqCst loads, the one that reads the older value comes first, even
    // if what they read was written with a weaker ordering.
    let threads: [Thread; 3] = [
        |s| {
            s.x.store(1, Relaxed);
            vec![]
        },
        |s| vec![s.x.load(SeqCst), s.y.load(SeqCst)],
        |s| {
            s.y.store(1, SeqCst);
            vec![s.x.load(SeqCst)]
        },
    ];
    assert_eq!(outcomes(&threads), without(all_bits::<3>(), [1, 0, 0]));
}

#[test]
fn a_release_sequence_lives_on_through_updates() {
    let writer: Thread = |s| {
        s.x.store(7, Relaxed);
        s.y.store(1, Release);
        vec![]
    };
    let updater: Thread = |s| {
        s.y.fetch_add(1, Relaxed);
        vec![]
    };
    let reader: Thread = |s| vec![s.y.load(Acquire), s.x.load(Relaxed)];
    let found = outcomes(&[writer, updater, reader]);
    // 1 may come from the update alone, and tells nothing then; 2 comes after the release.
    assert_eq!(found, set(&[[0, 0], [0, 7], [1, 0], [1, 7], [2, 7]]));
}

#[test]
fn a_relaxed_store_ends_a_release_sequence() {
    // So it is since C++20, even if the store is by the thread that released.
    let writer: Thread = |s| {
        s.x.store(7, Relaxed);
        s.y.store(1, Release);
        s.y.store(2, Relaxed);
        vec![]
    };
    let reader: Thread = |s| vec![s.y.load(Acquire), s.x.load(Relaxed)];
    let found = outcomes(&[writer, reader]);
    assert_eq!(found, set(&[[0, 0], [0, 7], [1, 7], [2, 0], [2, 7]]));
}

#[test]
fn updates_never_miss_one_another() {
    let add: Thread = |s| vec![s.x.fetch_add(1, Relaxed)];
    assert_eq!(outcomes(&[add, add]), set(&[[0, 1], [1, 0]]));
    let take: Thread = |s| vec![u32::from(s.x.compare_exchange(0, 1, Relaxed, Relaxed).is_ok())];
    assert_eq!(outcomes(&[take, take]), set(&[[0, 1], [1, 0]]));
}

#[test]
fn an_exchange_that_fails_is_a_load_and_may_find_an_old_value() {
    let writer: Thread = |s| {
        s.x.store(1, Relaxed);
        s.y.store(1, Relaxed);
        vec![]
    };
    let reader: Thread = |s| {
        let flag = s.y.load(Relaxed);
        let found = s.x.compare_exchange(5, 6, Relaxed, Relaxed).unwrap_err();
        vec![flag, found]
    };
    assert_eq!(outcomes(&[writer, reader]), all_bits::<2>());
    let updater: Thread = |s| vec![s.y.load(Relaxed), s.x.fetch_add(0, Relaxed)];
    assert_eq!(outcomes(&[writer, updater]), set(&[[0, 0], [0, 1], [1, 1]]), "an update may not");
}

#[test]
fn what_is_known_is_passed_on() {
    // Causality through a third thread: acquire and release compose.
    let threads: [Thread; 3] = [
        |s| {
            s.x.store(1, Relaxed);
            s.y.store(1, Release);
            vec![]
        },
        |s| {
            if s.y.load(Acquire) == 1 {
                s.y.store(2, Release);
            }
            vec![]
        },
        |s| vec![s.y.load(Acquire), s.x.load(Relaxed)],
    ];
    let found = outcomes(&threads);
    assert!(found.contains(&vec![2, 1]) && !found.contains(&vec![2, 0]));
}

#[test]
fn two_writes_each_are_ordered_as_they_are_made() {
    // "2+2W": C++20 allows both variables to end at 1; the engine says that it leaves it out.
    let threads: [Thread; 2] = [
        |s| {
            s.x.store(1, Relaxed);
            s.y.store(2, Relaxed);
            vec![]
        },
        |s| {
            s.y.store(1, Relaxed);
            s.x.store(2, Relaxed);
            vec![]
        },
    ];
    let all = Arc::new(Real::new(BTreeSet::new()));
    let found = Arc::clone(&all);
    let report = Explorer::new().explore(move || {
        let shared = Shared::default();
        thread::scope(|scope| {
            for thread in threads {
                let shared = &shared;
                scope.spawn(move || thread(shared));
            }
        });
        found.lock().unwrap().insert((shared.x.load(Relaxed), shared.y.load(Relaxed)));
    });
    assert!(report.complete);
    assert_eq!(*all.lock().unwrap(), BTreeSet::from([(1, 2), (2, 1), (2, 2)]));
}

/// Peterson's lock, entered once if it is free: whether each thread met the other inside.
fn peterson(store: Ordering, load: Ordering) -> BTreeSet<Vec<u32>> {
    let all = Arc::new(Real::new(BTreeSet::new()));
    let found = Arc::clone(&all);
    let report = Explorer::new().explore(move || {
        let wants = [AtomicU32::new(0), AtomicU32::new(0)];
        let (turn, inside) = (AtomicU32::new(0), AtomicU32::new(0));
        let enter = |me: usize| {
            wants[me].store(1, store);
            turn.store(1 - me as u32, store);
            if wants[1 - me].load(load) == 0 || turn.load(load) == me as u32 {
                let met = inside.fetch_add(1, Relaxed);
                inside.fetch_sub(1, Relaxed);
                wants[me].store(0, store);
                return met;
            }
            wants[me].store(0, store);
            0
        };
        let met = thread::scope(|scope| {
            let other = scope.spawn(|| enter(1));
            vec![enter(0), other.join().unwrap()]
        });
        found.lock().unwrap().insert(met);
    });
    assert!(report.complete, "{report}");
    let found = all.lock().unwrap();
    found.clone()
}

#[test]
fn petersons_lock_excludes_with_seqcst_only() {
    assert_eq!(peterson(SeqCst, SeqCst), set(&[[0, 0]]));
    assert!(peterson(Release, Acquire).len() > 1);
}
