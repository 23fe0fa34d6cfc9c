//! Every sort of fault is found and called by its name.

use interleave::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use interleave::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, RwLock, mpsc};
use interleave::{Explorer, Fault, FaultKind, Wish, thread};

/// The fault of a program that has one.
fn fault(body: impl Fn() + Send + Sync + 'static) -> Fault {
    Explorer::new().explore(body).fault.expect("the program is wrong")
}

#[test]
fn a_panic_of_a_thread_that_nobody_joins_is_a_fault() {
    let fault = fault(|| {
        thread::spawn(|| panic!("burnt"));
    });
    assert_eq!((fault.kind, fault.thread), (FaultKind::Panic, Some(1)));
    assert_eq!(fault.message, "burnt");
}

#[test]
fn a_panic_that_somebody_takes_care_of_is_none() {
    let report = Explorer::new().explore(|| {
        let cook = thread::spawn(|| panic!("burnt"));
        assert_eq!(*cook.join().unwrap_err().downcast::<&str>().unwrap(), "burnt");
    });
    assert!(report.complete, "{report}");
}

#[test]
fn the_first_panic_is_shown_and_not_the_ones_it_causes() {
    let fault = fault(|| {
        let cook = thread::spawn(|| panic!("burnt"));
        cook.join().unwrap();
    });
    assert_eq!((fault.message.as_str(), fault.thread), ("burnt", Some(1)));
}

#[test]
fn a_panic_in_a_scope_comes_out_of_the_scope() {
    let fault = fault(|| {
        thread::scope(|kitchen| {
            kitchen.spawn(|| panic!("burnt"));
        });
    });
    assert_eq!((fault.kind, fault.message.as_str()), (FaultKind::Panic, "burnt"));
}

#[test]
fn a_scope_that_panics_still_waits_for_its_threads() {
    let fault = fault(|| {
        let served = Mutex::new(0);
        thread::scope(|kitchen| {
            kitchen.spawn(|| *served.lock().unwrap() += 1);
            panic!("no more orders");
        });
    });
    assert_eq!(fault.message, "no more orders");
}

#[test]
fn a_thread_that_takes_a_lock_twice_waits_for_itself() {
    let fault = fault(|| {
        let till = Mutex::new(0);
        let _first = till.lock().unwrap();
        let _second = till.lock().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::Deadlock);
    assert_eq!(fault.recording.waiting[0].on[0].0, 0);
    assert!(fault.to_string().contains("main waits for itself"), "{fault}");
}

#[test]
fn a_circle_of_three_is_shown_in_full() {
    let fault = fault(|| {
        let forks: [Mutex<()>; 3] = Default::default();
        thread::scope(|table| {
            for seat in 0..3 {
                let (left, right) = (&forks[seat], &forks[(seat + 1) % 3]);
                table.spawn(move || {
                    let _left = left.lock().unwrap();
                    let _right = right.lock().unwrap();
                });
            }
        });
    });
    let text = fault.to_string().replace('\n', " ");
    assert!(
        text.contains("1 waits for thread 2, which waits for thread 3, which waits for thread 1."),
        "{text}"
    );
}

#[test]
fn a_notification_that_comes_too_early_is_a_lost_wake_up() {
    let fault = fault(|| {
        let pass = Arc::new((Mutex::new(()), Condvar::new()));
        let theirs = Arc::clone(&pass);
        let cook = thread::spawn(move || theirs.1.notify_one());
        drop(pass.1.wait(pass.0.lock().unwrap()));
        cook.join().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::LostWakeUp);
    let sleeper = fault.recording.waiting.iter().find(|wait| wait.thread == 0).unwrap();
    assert!(matches!(sleeper.wish, Wish::Notification { unheard: 1, .. }), "{sleeper:?}");
}

#[test]
fn waiting_for_company_that_does_not_come_is_a_deadlock() {
    let fault = fault(|| {
        Barrier::new(2).wait();
    });
    assert_eq!(fault.kind, FaultKind::Deadlock);
    assert!(matches!(fault.recording.waiting[0].wish, Wish::Company(_)));
}

#[test]
fn a_receiver_whose_sender_lives_on_waits_for_ever() {
    let fault = fault(|| {
        let (sender, receiver) = mpsc::channel::<u32>();
        let waiter = thread::spawn(move || receiver.iter().count());
        waiter.join().unwrap();
        drop(sender);
    });
    assert_eq!(fault.kind, FaultKind::Deadlock);
}

#[test]
fn a_thread_left_behind_is_a_leak() {
    let fault = fault(|| {
        let (sender, receiver) = mpsc::channel::<u32>();
        std::mem::forget(sender);
        thread::spawn(move || receiver.recv());
    });
    assert_eq!(fault.kind, FaultKind::LeakedThread);
}

#[test]
fn a_thread_that_goes_on_and_ends_is_not() {
    let report = Explorer::new().explore(|| {
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        thread::spawn(move || *theirs.lock().unwrap() += 1);
    });
    assert!(report.complete, "{report}");
}

#[test]
fn spinning_for_ever_is_a_livelock() {
    let fault = fault(|| {
        let ready = AtomicBool::new(false);
        while !ready.load(Ordering::Acquire) {
            std::hint::spin_loop();
        }
    });
    assert_eq!((fault.kind, fault.thread), (FaultKind::Livelock, Some(0)));
}

#[test]
fn giving_way_to_each_other_for_ever_is_a_livelock() {
    // Both take their own fork, find the other taken, and put theirs back.
    let report = Explorer::new().max_steps(500).explore(|| {
        let forks = Arc::new([Mutex::new(()), Mutex::new(())]);
        let eat = |own: usize| {
            let forks = Arc::clone(&forks);
            move || loop {
                let _own = forks[own].lock().unwrap();
                if forks[1 - own].try_lock().is_ok() {
                    break;
                }
            }
        };
        let other = thread::spawn(eat(1));
        eat(0)();
        other.join().unwrap();
    });
    assert_eq!(report.fault.expect("they may be polite for ever").kind, FaultKind::Livelock);
}

#[test]
fn waiting_loops_of_every_sort_come_to_an_end() {
    let report = Explorer::new().explore(|| {
        let ready = Arc::new(AtomicBool::new(false));
        let till = Arc::new(Mutex::new(0));
        let (flag, counted) = (Arc::clone(&ready), Arc::clone(&till));
        let cook = thread::spawn(move || {
            *counted.lock().unwrap() = 1;
            flag.store(true, Ordering::Release);
        });
        while !ready.load(Ordering::Acquire) {}
        while *till.lock().unwrap() == 0 {
            thread::yield_now();
        }
        while !cook.is_finished() {
            thread::sleep(std::time::Duration::from_millis(1));
        }
    });
    assert!(report.complete, "{report}");
}

#[test]
fn a_spin_lock_excludes_unless_it_is_let_go_of_relaxed() {
    let spin = |release: Ordering| {
        Explorer::new().explore(move || {
            let (taken, inside) = (AtomicBool::new(false), AtomicUsize::new(0));
            thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        while taken.swap(true, Ordering::Acquire) {
                            interleave::hint::spin_loop();
                        }
                        let seen = inside.load(Ordering::Relaxed);
                        inside.store(seen + 1, Ordering::Relaxed);
                        taken.store(false, release);
                    });
                }
            });
            assert_eq!(inside.load(Ordering::Relaxed), 2);
        })
    };
    let right = spin(Ordering::Release);
    assert!(right.complete, "{right}");
    assert_eq!(spin(Ordering::Relaxed).fault.expect("updates get lost").kind, FaultKind::Panic);
}

#[test]
fn a_loop_that_gives_up_is_followed_to_both_ends() {
    let fault = fault(|| {
        let ready = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&ready);
        let cook = thread::spawn(move || flag.store(true, Ordering::Release));
        let seen = (0..10).any(|_| ready.load(Ordering::Acquire));
        cook.join().unwrap();
        assert!(seen, "gave up");
    });
    assert!(fault.message.contains("gave up"));
}

#[test]
fn a_program_that_depends_on_earlier_runs_is_called_out() {
    let runs = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let fault = fault(move || {
        let run = runs.fetch_add(1, Ordering::Relaxed);
        let lock = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..2 + run % 2 {
                scope.spawn(|| *lock.lock().unwrap() += 1);
            }
        });
    });
    assert_eq!(fault.kind, FaultKind::Unrepeatable);
}

#[test]
fn the_fewest_interruptions_are_shown() {
    // Found first with several, but one is enough.
    let fault = fault(|| {
        let orders = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let seen = orders.load(Ordering::SeqCst);
                    orders.store(seen + 1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(orders.load(Ordering::SeqCst), 3);
    });
    assert_eq!(fault.preemptions, 1);
}

#[test]
fn a_destructor_that_uses_a_lock_does_not_hang_a_run_that_failed() {
    struct Tidy(Arc<Mutex<u32>>);
    impl Drop for Tidy {
        fn drop(&mut self) {
            *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) += 1;
        }
    }
    let fault = fault(|| {
        let till = Arc::new(Mutex::new(0));
        let tidy = Tidy(Arc::clone(&till));
        let _held = till.lock().unwrap();
        let cook = thread::spawn(move || drop(tidy));
        cook.join().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::Deadlock);
}

#[test]
fn a_once_that_needs_itself_is_a_deadlock() {
    let fault = fault(|| {
        let once = Once::new();
        once.call_once(|| once.call_once(|| ()));
    });
    assert_eq!(fault.kind, FaultKind::Deadlock);
}

/// Panics while it is dropped.
struct Clumsy;

impl Drop for Clumsy {
    fn drop(&mut self) {
        panic!("dropped the tray as well");
    }
}

#[test]
fn a_double_panic_is_announced_before_it_ends_the_process() {
    const INSIDE: &str = "INTERLEAVE_DOUBLE_PANIC";
    if std::env::var_os(INSIDE).is_some() {
        fault(|| {
            let _tray = Clumsy;
            panic!("stumbled");
        });
        unreachable!("a double panic ends the process");
    }
    let name = "a_double_panic_is_announced_before_it_ends_the_process";
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture"])
        .env(INSIDE, "yes")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(text.contains("✗ double panic"), "{text}");
    assert!(text.contains("interleave::replay("), "{text}");
}

#[test]
#[should_panic(expected = "this is not a proof")]
fn a_check_that_stops_at_its_bound_does_not_pass() {
    let two_cooks = || {
        let till = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&till);
        let cook = thread::spawn(move || *theirs.lock().unwrap() += 1);
        *till.lock().unwrap() += 1;
        cook.join().unwrap();
    };
    Explorer::new().max_runs(1).check(two_cooks);
}

#[test]
fn a_panic_in_a_scope_keeps_its_line() {
    let fault = fault(|| {
        thread::scope(|scope| {
            scope.spawn(|| Mutex::new(0).lock().map(drop).unwrap());
            panic!("burnt");
        });
    });
    assert!(fault.place.expect("a panic has a line").file.ends_with("faults.rs"), "{fault}");
}

#[test]
fn a_step_in_a_destructor_while_its_thread_panics_does_not_end_the_process() {
    struct Counts(Arc<AtomicUsize>);
    impl Drop for Counts {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let fault = fault(|| {
        let seen = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&seen);
        let cook = thread::spawn(move || {
            let _counts = Counts(theirs);
            panic!("burnt");
        });
        // Cut off here while the other unwinds.
        while seen.load(Ordering::SeqCst) == 0 {
            thread::yield_now();
        }
        assert_eq!(seen.load(Ordering::SeqCst), 2, "a promise nobody keeps");
        cook.join().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::Panic, "{fault}");
}

#[test]
fn who_keeps_a_lock_while_parked_stands_in_the_way() {
    let fault = fault(|| {
        let slot = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&slot);
        let waiter = thread::spawn(move || {
            let _kept = theirs.lock().unwrap();
            thread::park();
        });
        *slot.lock().unwrap() += 1;
        waiter.thread().unpark();
        waiter.join().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::Deadlock, "{fault}");
    assert!(fault.headline().contains("which thread 1 keeps while it sleeps"), "{fault}");
}

#[test]
fn what_a_run_cannot_give_is_not_called_a_mistake_of_the_program() {
    let too_many = || {
        for _ in 0..64 {
            thread::spawn(|| ());
        }
    };
    let nested = || drop(Explorer::new().explore(|| ()));
    let price = LazyLock::new(|| 7);
    let made_before = move || assert_eq!(*price, 7);
    for (fault, why) in [
        (fault(too_many), "more than 64 threads"),
        (fault(nested), "inside another"),
        (fault(made_before), "made before the run"),
    ] {
        assert_eq!(fault.kind, FaultKind::NotModelled, "{fault}");
        assert!(
            fault.headline().contains("not modelled") && fault.message.contains(why),
            "{fault}"
        );
    }
}

#[test]
fn who_reads_twice_can_come_to_wait_for_itself() {
    let fault = fault(|| {
        let book = Arc::new(RwLock::new(0));
        let theirs = Arc::clone(&book);
        let cook = thread::spawn(move || *theirs.write().unwrap() += 1);
        let plates = book.read().unwrap();
        assert_eq!(*plates, *book.read().unwrap());
        drop(plates);
        cook.join().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::Deadlock, "{fault}");
    let text = fault.to_string();
    assert!(text.contains("main waits for thread 1, which waits for main"), "{text}");
    assert!(text.contains("waits to read book, behind thread 1, in line to write"), "{text}");
}
