//! Programs whose number of interleavings, or of outcomes, can be worked out on paper.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc as RealArc, Mutex as Real};

use interleave::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use interleave::sync::{Arc, Barrier, Mutex, RwLock, mpsc};
use interleave::{Explorer, FaultKind, Search, thread};

/// The number of runs of a program that is right.
fn runs(body: impl Fn() + Send + Sync + 'static) -> u64 {
    let report = Explorer::new().explore(body);
    assert!(report.complete, "{report}");
    report.runs
}

/// Threads that take one lock so many times each.
fn lockers(threads: usize, times: usize) -> u64 {
    runs(move || {
        let lock = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| (0..times).for_each(|_| *lock.lock().unwrap() += 1));
            }
        });
    })
}

#[test]
fn the_orders_of_critical_sections_are_counted() {
    assert_eq!(lockers(2, 1), 2, "2!");
    assert_eq!(lockers(3, 1), 6, "3!");
    assert_eq!(lockers(4, 1), 24, "4!");
    assert_eq!(lockers(2, 3), 20, "6! / (3! 3!)");
    assert_eq!(lockers(3, 2), 90, "6! / (2! 2! 2!)");
}

#[test]
fn philosophers_who_take_the_lower_fork_first_eat_in_as_many_ways_as_forks_can_be_won() {
    // Every fork is won by one of its two neighbours first; only the two ways round the whole
    // table, in which each would wait for the next, cannot happen.
    for count in 2..=5_usize {
        let runs = runs(move || {
            let forks: Vec<_> = (0..count).map(|_| Mutex::new(())).collect();
            thread::scope(|scope| {
                for seat in 0..count {
                    let (left, right) = (seat, (seat + 1) % count);
                    let (first, second) = (&forks[left.min(right)], &forks[left.max(right)]);
                    scope.spawn(move || {
                        let _first = first.lock().unwrap();
                        let _second = second.lock().unwrap();
                    });
                }
            });
        });
        // Two philosophers share both forks, so they simply take turns.
        let expected = if count == 2 { 2 } else { (1 << count) - 2 };
        assert_eq!(runs, expected, "{count} philosophers");
    }
}

#[test]
fn philosophers_who_all_take_the_left_fork_first_can_starve() {
    let report = Explorer::new().explore(|| {
        let forks: Vec<_> = (0..4).map(|_| Mutex::new(())).collect();
        thread::scope(|scope| {
            for seat in 0..4 {
                let (left, right) = (&forks[seat], &forks[(seat + 1) % 4]);
                scope.spawn(move || {
                    let _left = left.lock().unwrap();
                    let _right = right.lock().unwrap();
                });
            }
        });
    });
    assert_eq!(report.fault.expect("all may sit with one fork").kind, FaultKind::Deadlock);
}

#[test]
fn threads_that_share_nothing_have_one_interleaving() {
    let count = runs(|| {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let own = Mutex::new(1);
                    *own.lock().unwrap() += 1;
                });
            }
        });
    });
    assert_eq!(count, 1);
}

#[test]
fn a_load_and_a_store_each_make_four_runs_of_which_two_lose_an_update() {
    let finals = RealArc::new(Real::new(BTreeMap::<usize, u64>::new()));
    let seen = RealArc::clone(&finals);
    let body = move || {
        let orders = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let read = orders.load(Ordering::SeqCst);
                    orders.store(read + 1, Ordering::SeqCst);
                });
            }
        });
        *seen.lock().unwrap().entry(orders.load(Ordering::SeqCst)).or_default() += 1;
    };
    assert!(Explorer::new().explore(body).complete);
    // Of 4! / (2! 2!) = 6 orders, four begin with both loads. Those swap without being noticed,
    // so two of the four are made; the other two orders lose nothing.
    assert_eq!(*finals.lock().unwrap(), BTreeMap::from([(1, 2), (2, 2)]));
}

#[test]
fn readers_come_and_go_in_one_way_and_writers_in_all_ways() {
    let readers = |threads: usize| {
        runs(move || {
            let book = RwLock::new(1);
            thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(|| assert_eq!(*book.read().unwrap(), 1));
                }
            });
        })
    };
    assert_eq!([readers(2), readers(4)], [1, 1]);
    let writers = runs(|| {
        let book = RwLock::new(1);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| *book.write().unwrap() += 1);
            }
        });
    });
    assert_eq!(writers, 6, "3!");
}

#[test]
fn messages_of_different_senders_arrive_in_all_orders_and_those_of_one_in_one() {
    let orders = RealArc::new(Real::new(BTreeMap::<Vec<(u32, u32)>, u64>::new()));
    let seen = RealArc::clone(&orders);
    runs(move || {
        let (sender, receiver) = mpsc::channel();
        for number in 0..2 {
            let sender = sender.clone();
            thread::spawn(move || (0..2).for_each(|dish| sender.send((number, dish)).unwrap()));
        }
        drop(sender);
        let order: Vec<_> = receiver.iter().collect();
        *seen.lock().unwrap().entry(order).or_default() += 1;
    });
    let orders = orders.lock().unwrap();
    assert_eq!(orders.len(), 6, "4! / (2! 2!)");
    for order in orders.keys() {
        for number in 0..2 {
            let own: Vec<u32> =
                order.iter().filter(|(by, _)| *by == number).map(|(_, dish)| *dish).collect();
            assert_eq!(own, [0, 1], "{order:?}");
        }
    }
}

#[test]
fn each_thread_is_the_leader_of_a_barrier_in_some_run() {
    let leaders = RealArc::new(Real::new(BTreeMap::<usize, u64>::new()));
    let seen = RealArc::clone(&leaders);
    runs(move || {
        let barrier = Arc::new(Barrier::new(3));
        let handles: Vec<_> = (0..3)
            .map(|_| {
                let barrier = Arc::clone(&barrier);
                thread::spawn(move || barrier.wait().is_leader())
            })
            .collect();
        let led: Vec<bool> = handles.into_iter().map(|handle| handle.join().unwrap()).collect();
        assert_eq!(led.iter().filter(|&&led| led).count(), 1);
        let leader = led.iter().position(|&led| led).unwrap();
        *seen.lock().unwrap().entry(leader).or_default() += 1;
    });
    assert_eq!(*leaders.lock().unwrap(), BTreeMap::from([(0, 2), (1, 2), (2, 2)]), "3! arrivals");
}

#[test]
fn a_loop_that_looks_for_long_is_asked_only_once_what_it_sees() {
    // Two threads, and whoever is late looks until the other is done. A loop that presses on looks a
    // hundred times, and each of these looks could show the news at which that way ends.
    let report = Explorer::new().explore(|| {
        let state = Arc::new(AtomicUsize::new(0));
        let other = Arc::clone(&state);
        let once = |state: &AtomicUsize| {
            let begin = state.compare_exchange(0, 1, Ordering::Relaxed, Ordering::Relaxed);
            if begin.is_ok() {
                state.store(2, Ordering::Release);
            }
            while state.load(Ordering::Acquire) != 2 {
                interleave::hint::spin_loop();
            }
        };
        let late = thread::spawn(move || once(&other));
        once(&state);
        late.join().unwrap();
    });
    assert_eq!((report.runs, report.complete), (30, true));
    assert!(report.covered < 300, "{} runs were begun for 30", report.covered);
}

/// In how many ways so many looks from one line can see so many stores of another thread.
fn looks(times: usize, stores: usize) -> usize {
    let seen = RealArc::new(Real::new(BTreeSet::<Vec<usize>>::new()));
    let theirs = RealArc::clone(&seen);
    // A loop that gives up without news is run in both ways on, so runs may be more than ways.
    _ = runs(move || {
        let gauge = AtomicUsize::new(0);
        let looks = thread::scope(|scope| {
            let gauge = &gauge;
            scope.spawn(move || (1..=stores).for_each(|k| gauge.store(k, Ordering::SeqCst)));
            (0..times).map(|_| gauge.load(Ordering::SeqCst)).collect()
        });
        theirs.lock().unwrap().insert(looks);
    });
    seen.lock().unwrap().len()
}

#[test]
fn a_loop_that_counts_its_looks_may_get_its_news_at_each_of_them() {
    for times in 1..=9 {
        assert_eq!(looks(times, 1), times + 1, "{times} looks and one store");
    }
    // Where the stores stand among the looks.
    assert_eq!(looks(6, 2), 28, "8! / (6! 2!)");
    assert_eq!(looks(7, 3), 120, "10! / (7! 3!)");
}

#[test]
fn a_loop_that_gives_up_is_caught_at_the_look_where_it_fails() {
    let report = Explorer::new().explore(|| {
        let ready = AtomicUsize::new(0);
        thread::scope(|scope| {
            scope.spawn(|| ready.store(1, Ordering::SeqCst));
            for attempt in 1..=6 {
                if ready.load(Ordering::SeqCst) == 1 {
                    assert_ne!(attempt, 5, "news at the fifth look");
                    break;
                }
            }
        });
    });
    let fault = report.fault.expect("the fifth look may be the one");
    assert_eq!(fault.kind, FaultKind::Panic, "{fault}");
}

#[test]
fn a_loop_without_end_is_still_one_that_waits() {
    let runs = runs(|| {
        let ready = AtomicUsize::new(0);
        thread::scope(|scope| {
            scope.spawn(|| ready.store(1, Ordering::SeqCst));
            while ready.load(Ordering::SeqCst) == 0 {}
        });
    });
    assert_eq!(runs, 4, "news at the first, second or third look, or after a wait");
}

#[test]
fn a_loop_that_gives_up_and_then_waits_for_ever_is_explored_at_each_of_its_looks() {
    let looks = RealArc::new(Real::new(0));
    let theirs = RealArc::clone(&looks);
    let mut seen = BTreeSet::new();
    let body = move || {
        let (sender, _receiver) = mpsc::sync_channel(1);
        sender.send(0).unwrap();
        let ready = Arc::new(AtomicBool::new(false));
        let news = Arc::clone(&ready);
        thread::spawn(move || news.store(true, Ordering::Relaxed));
        let count = (0..5).find(|_| ready.load(Ordering::Relaxed)).unwrap_or(5);
        *theirs.lock().unwrap() = count;
        sender.send(count).unwrap();
    };
    let note = |fault| _ = seen.insert((*looks.lock().unwrap(), fault));
    Explorer::new().survey(Search::Reduced, body, note).unwrap();
    assert_eq!(seen, (0..=5).map(|count| (count, Some(FaultKind::Deadlock))).collect());
}
