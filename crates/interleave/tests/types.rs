//! What each of the types does in a run: the same as the real one, in every order there is.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::panic::catch_unwind;
use std::sync::{Arc as RealArc, Mutex as Real};
use std::time::Duration;

use interleave::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering};
use interleave::sync::mpsc::{self, RecvTimeoutError, TryRecvError, TrySendError};
use interleave::sync::{Arc, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, TryLockError};
use interleave::{Explorer, FaultKind, thread};

/// All results of a program that is right.
fn results<T: Ord + Clone + Send + Debug + 'static>(
    body: impl Fn() -> T + Send + Sync + 'static,
) -> BTreeSet<T> {
    let all = RealArc::new(Real::new(BTreeSet::new()));
    let found = RealArc::clone(&all);
    let report = Explorer::new().explore(move || {
        let result = body();
        found.lock().unwrap().insert(result);
    });
    assert!(report.complete, "{report}");
    let all = all.lock().unwrap();
    all.clone()
}

#[test]
fn a_panic_poisons_the_lock_it_holds_and_into_inner_recovers() {
    let seen = results(|| {
        let till = Arc::new(Mutex::new(1));
        let theirs = Arc::clone(&till);
        let cook = thread::spawn(move || {
            let mut till = theirs.lock().unwrap();
            *till = 2;
            panic!("burnt");
        });
        let early = till.lock().map(|till| *till).map_err(|poison| *poison.into_inner());
        assert!(cook.join().is_err() && till.is_poisoned());
        till.clear_poison();
        assert_eq!(*till.lock().unwrap(), 2);
        early
    });
    assert_eq!(seen, BTreeSet::from([Ok(1), Err(2)]));
}

#[test]
fn try_lock_finds_the_lock_free_or_taken() {
    let seen = results(|| {
        let till = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&till);
        let cook = thread::spawn(move || *theirs.lock().unwrap() += 1);
        let seen = match till.try_lock() {
            Ok(till) => Some(*till),
            Err(TryLockError::WouldBlock) => None,
            Err(TryLockError::Poisoned(_)) => unreachable!("nobody panics"),
        };
        cook.join().unwrap();
        seen
    });
    assert_eq!(seen, BTreeSet::from([None, Some(0), Some(1)]));
}

#[test]
fn readers_share_and_a_writer_does_not() {
    let seen = results(|| {
        let book = Arc::new(RwLock::new(0));
        let theirs = Arc::clone(&book);
        let reader = book.read().unwrap();
        let other = thread::spawn(move || {
            let may_read = theirs.try_read().is_ok();
            let may_write = theirs.try_write().is_ok();
            (may_read, may_write)
        });
        let seen = *reader;
        drop(reader);
        (seen, other.join().unwrap())
    });
    assert_eq!(seen, BTreeSet::from([(0, (true, false)), (0, (true, true))]));
}

#[test]
fn a_time_limit_may_run_out_or_not() {
    let seen = results(|| {
        let pass = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&pass);
        let cook = thread::spawn(move || {
            *theirs.0.lock().unwrap() = true;
            theirs.1.notify_one();
        });
        let limit = Duration::from_secs(3_600);
        let guard = pass.0.lock().unwrap();
        let (guard, result) = pass.1.wait_timeout_while(guard, limit, |ready| !*ready).unwrap();
        let seen = (*guard, result.timed_out());
        drop(guard);
        cook.join().unwrap();
        seen
    });
    assert_eq!(seen, BTreeSet::from([(false, true), (true, false)]));
}

#[test]
fn a_wait_with_a_limit_is_no_deadlock() {
    let seen = results(|| {
        let (lock, bell) = (Mutex::new(()), Condvar::new());
        let mut times = 0;
        let mut guard = lock.lock().unwrap();
        while times < 3 {
            guard = bell.wait_timeout(guard, Duration::from_millis(1)).unwrap().0;
            times += 1;
        }
        times
    });
    assert_eq!(seen, BTreeSet::from([3]));
}

#[test]
fn a_sleeper_may_wake_for_nothing_if_that_is_asked_for() {
    let body = || {
        let pass = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&pass);
        let waiter = thread::spawn(move || {
            let mut ready = theirs.0.lock().unwrap();
            if !*ready {
                ready = theirs.1.wait(ready).unwrap();
            }
            assert!(*ready, "woken for nothing");
        });
        *pass.0.lock().unwrap() = true;
        pass.1.notify_one();
        waiter.join().unwrap();
    };
    assert!(Explorer::new().explore(body).complete);
    let fault = Explorer::new().spurious_wakes(1).explore(body).fault.unwrap();
    assert_eq!(fault.message, "woken for nothing");
}

#[test]
fn an_unpark_before_the_park_is_kept() {
    let seen = results(|| {
        let dish = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&dish);
        let waiter = thread::spawn(move || {
            thread::park();
            theirs.load(Ordering::Relaxed)
        });
        dish.store(7, Ordering::Relaxed);
        waiter.thread().unpark();
        waiter.join().unwrap()
    });
    assert_eq!(seen, BTreeSet::from([7]), "an unpark makes visible what came before it");
}

#[test]
fn what_is_done_once_is_done_before_anybody_goes_on() {
    static RECIPE: OnceLock<u32> = OnceLock::new();
    static PRICE: LazyLock<u32> = LazyLock::new(|| COMPUTED.fetch_add(1, Ordering::Relaxed) + 7);
    static COMPUTED: AtomicU32 = AtomicU32::new(0);
    static OPEN: Once = Once::new();
    let seen = results(|| {
        let visit = |number: u32| {
            OPEN.call_once(|| ());
            assert!(OPEN.is_completed());
            (*RECIPE.get_or_init(|| number), *PRICE)
        };
        assert_eq!(RECIPE.get(), None, "every run starts anew");
        let other = thread::spawn(move || visit(1));
        let own = visit(0);
        assert_eq!(other.join().unwrap(), own);
        own
    });
    assert_eq!(seen, BTreeSet::from([(0, 7), (1, 7)]));
}

#[test]
fn a_once_lock_seen_through_a_relaxed_flag_may_seem_empty() {
    let seen = results(|| {
        let shared = Arc::new((OnceLock::new(), AtomicBool::new(false)));
        let theirs = Arc::clone(&shared);
        let cook = thread::spawn(move || {
            theirs.0.set(7).unwrap();
            theirs.1.store(true, Ordering::Relaxed);
        });
        let seen = (shared.1.load(Ordering::Relaxed), shared.0.get().copied());
        cook.join().unwrap();
        seen
    });
    assert!(seen.contains(&(true, None)) && seen.contains(&(true, Some(7))), "{seen:?}");
}

#[test]
fn a_once_lock_made_before_the_runs_begins_each_of_them_empty() {
    let recipe = RealArc::new(OnceLock::new());
    let seen = results(move || {
        assert_eq!(recipe.get(), None);
        let theirs = RealArc::clone(&recipe);
        let other = thread::spawn(move || *theirs.get_or_init(|| 1));
        let own = *recipe.get_or_init(|| 0);
        assert_eq!(other.join().unwrap(), own);
        own
    });
    assert_eq!(seen, BTreeSet::from([0, 1]));
}

#[test]
fn a_static_that_could_not_be_made_stays_unmade_for_the_rest_of_the_run() {
    static PRICE: LazyLock<u32> = LazyLock::new(|| panic!("sold out"));
    let seen = results(|| {
        let ask = || *catch_unwind(|| *PRICE).unwrap_err().downcast::<&str>().unwrap();
        let other = thread::spawn(ask);
        BTreeSet::from([ask(), other.join().unwrap()])
    });
    let poisoned = "LazyLock instance has previously been poisoned";
    assert_eq!(seen, BTreeSet::from([BTreeSet::from(["sold out", poisoned])]));
}

#[test]
fn who_finds_all_senders_gone_sees_what_they_wrote() {
    let seen = results(|| {
        let dishes = Arc::new(AtomicU32::new(0));
        let (sender, receiver) = mpsc::channel::<()>();
        let theirs = Arc::clone(&dishes);
        let cook = thread::spawn(move || {
            theirs.store(7, Ordering::Relaxed);
            drop(sender);
        });
        assert!(receiver.recv().is_err());
        let seen = dishes.load(Ordering::Relaxed);
        cook.join().unwrap();
        seen
    });
    assert_eq!(seen, BTreeSet::from([7]));
}

#[test]
fn a_bounded_channel_holds_no_more_than_its_bound() {
    let seen = results(|| {
        let (sender, receiver) = mpsc::sync_channel(1);
        let cook = thread::spawn(move || {
            let first = sender.try_send(1).is_ok();
            let second = matches!(sender.try_send(2), Err(TrySendError::Full(2)));
            sender.send(3).unwrap();
            (first, second)
        });
        let dishes: Vec<i32> = receiver.iter().collect();
        (dishes, cook.join().unwrap())
    });
    let expected = [(vec![1, 2, 3], (true, false)), (vec![1, 3], (true, true))];
    assert_eq!(seen, BTreeSet::from(expected));
}

#[test]
fn from_hand_to_hand_the_sender_waits_for_the_receiver() {
    let seen = results(|| {
        let (sender, receiver) = mpsc::sync_channel(0);
        let taken = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&taken);
        let cook = thread::spawn(move || {
            sender.send(1).unwrap();
            theirs.load(Ordering::Relaxed)
        });
        taken.store(true, Ordering::Relaxed);
        assert_eq!(receiver.recv(), Ok(1));
        cook.join().unwrap()
    });
    assert_eq!(seen, BTreeSet::from([true]));
}

#[test]
fn from_hand_to_hand_a_sender_gets_its_message_back_when_the_receiver_leaves() {
    let seen = results(|| {
        let (give, take) = mpsc::sync_channel(0);
        let giver = thread::spawn(move || give.send(7).map_err(|unsent| unsent.0));
        drop(take);
        giver.join().unwrap()
    });
    assert_eq!(seen, BTreeSet::from([Err(7)]));
}

#[test]
fn an_exchange_that_fails_is_a_load_and_releases_nothing() {
    let exchange = || AtomicU32::new(0).compare_exchange(0, 1, Ordering::SeqCst, Ordering::Release);
    let report = Explorer::new().explore(move || _ = exchange());
    assert_eq!(report.fault.expect("std panics, too").kind, FaultKind::Panic);
}

#[test]
fn a_channel_ends_when_its_other_side_is_gone() {
    let seen = results(|| {
        let (sender, receiver) = mpsc::channel();
        let other = sender.clone();
        let cook = thread::spawn(move || other.send(1).is_ok());
        drop(sender);
        let first = receiver.try_recv();
        let second = receiver.recv_timeout(Duration::from_millis(1));
        drop(receiver);
        let sent = cook.join().unwrap();
        let first = first.map_err(|error| error == TryRecvError::Disconnected);
        (first, second.map_err(|error| error == RecvTimeoutError::Disconnected), sent)
    });
    let expected = [
        (Err(false), Err(false), false),
        (Err(false), Err(false), true),
        (Err(false), Ok(1), true),
        (Ok(1), Err(false), true),
        (Ok(1), Err(true), true),
    ];
    assert_eq!(seen, BTreeSet::from(expected));
}

#[test]
fn a_weak_exchange_may_fail_for_nothing() {
    let exchange = |weak: bool| {
        results(move || {
            let flag = AtomicBool::new(false);
            let (one, two) = (Ordering::AcqRel, Ordering::Acquire);
            if weak {
                flag.compare_exchange_weak(false, true, one, two)
            } else {
                flag.compare_exchange(false, true, one, two)
            }
        })
    };
    assert_eq!(exchange(false), BTreeSet::from([Ok(false)]));
    assert_eq!(exchange(true), BTreeSet::from([Ok(false), Err(false)]));
}

#[test]
fn a_pointer_is_published_with_what_it_points_to() {
    let seen = results(|| {
        static DISHES: [u32; 2] = [3, 7];
        let pointer = AtomicPtr::new((&raw const DISHES[0]).cast_mut());
        thread::scope(|scope| {
            scope.spawn(|| pointer.store((&raw const DISHES[1]).cast_mut(), Ordering::Release));
            let found = pointer.load(Ordering::Acquire);
            DISHES.iter().position(|dish| std::ptr::eq(dish, found))
        })
    });
    assert_eq!(seen, BTreeSet::from([Some(0), Some(1)]));
}

#[test]
fn thread_locals_are_fresh_in_every_thread_of_every_run() {
    thread_local! {
        static TASTED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    let seen = results(|| {
        let lock = Mutex::new(());
        let taste = || {
            let _guard = lock.lock().unwrap();
            TASTED.set(TASTED.get() + 1);
            TASTED.get()
        };
        thread::scope(|scope| {
            let other = scope.spawn(taste);
            (taste(), other.join().unwrap())
        })
    });
    assert_eq!(seen, BTreeSet::from([(1, 1)]));
}

#[test]
fn threads_have_names_and_numbers() {
    let seen = results(|| {
        let cook = thread::Builder::new().name("cook".to_owned()).spawn(|| {
            let own = thread::current();
            (own.name().map(str::to_owned), own.id())
        });
        let cook = cook.unwrap();
        let id = cook.thread().id();
        assert_ne!(id, thread::current().id());
        let (name, found) = cook.join().unwrap();
        assert_eq!(found, id);
        (name, thread::current().name().map(str::to_owned))
    });
    assert_eq!(seen, BTreeSet::from([(Some("cook".to_owned()), Some("main".to_owned()))]));
}

#[test]
fn what_is_made_outside_keeps_what_the_runs_leave_in_it() {
    let runs = Arc::new(AtomicU32::new(0));
    let list = Arc::new(Mutex::new(vec![]));
    let (counted, noted) = (Arc::clone(&runs), Arc::clone(&list));
    let report = Explorer::new().explore(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        noted.lock().unwrap().push(1);
        let lock = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| *lock.lock().unwrap() += 1);
            }
        });
    });
    assert_eq!(report.runs, 2);
    assert_eq!((runs.load(Ordering::Relaxed), list.lock().unwrap().len()), (2, 2));
}
