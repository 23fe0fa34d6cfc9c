//! How threads begin and end: in scopes that grow, not at all, and in runs that are taken down.

use std::panic::{AssertUnwindSafe, catch_unwind};

use interleave::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use interleave::sync::{Arc, Mutex, mpsc};
use interleave::{Explorer, Fault, FaultKind, check, thread};

fn fault(body: impl Fn() + Send + Sync + 'static) -> Fault {
    Explorer::new().explore(body).fault.expect("this program goes wrong")
}

/// Joins its thread when it is dropped, and is sure that it can.
struct Cook(Option<thread::JoinHandle<()>>);

impl Cook {
    fn hire(work: impl FnOnce() + Send + 'static) -> Self {
        Cook(Some(thread::spawn(work)))
    }
}

impl Drop for Cook {
    fn drop(&mut self) {
        self.0.take().expect("joined once").join().unwrap();
    }
}

#[test]
fn a_thread_of_a_scope_may_start_further_ones() {
    let report = check(|| {
        let dishes = AtomicU32::new(0);
        thread::scope(|kitchen| {
            kitchen.spawn(|| {
                kitchen.spawn(|| _ = dishes.fetch_add(1, Ordering::Relaxed));
                dishes.fetch_add(1, Ordering::Relaxed);
            });
        });
        assert_eq!(dishes.into_inner(), 2);
    });
    assert_eq!(report.runs, 2);
}

#[test]
fn a_thread_that_cannot_be_started_is_an_error_and_takes_no_part() {
    check(|| {
        let huge = || thread::Builder::new().stack_size(1 << 60);
        assert!(huge().spawn(|| ()).is_err());
        thread::scope(|kitchen| assert!(huge().spawn_scoped(kitchen, || ()).is_err()));
        let null = || thread::Builder::new().name("a\0b".into()).spawn(|| ());
        assert!(catch_unwind(null).is_err());
    });
}

#[test]
fn a_destructor_that_joins_without_doubt_does_not_end_the_process() {
    check(|| {
        let ready = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&ready);
        let _cook = Cook::hire(move || theirs.store(true, Ordering::Release));
        // Waiting in a loop has ways that are left half-way: those runs are taken down.
        while !ready.load(Ordering::Acquire) {
            thread::yield_now();
        }
    });
}

#[test]
fn beside_a_destructor_that_joins_without_doubt_a_deadlock_is_still_told() {
    let fault = fault(|| {
        let [a, b] = [(); 2].map(|()| Arc::new(Mutex::new(())));
        let (theirs_a, theirs_b) = (Arc::clone(&a), Arc::clone(&b));
        let _cook = Cook::hire(move || {
            let _b = theirs_b.lock().unwrap();
            let _a = theirs_a.lock().unwrap();
        });
        let _a = a.lock().unwrap();
        let _b = b.lock().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::Deadlock, "{fault}");
}

#[test]
fn a_destructor_that_sends_without_doubt_does_not_end_the_process() {
    struct Bell(mpsc::Sender<()>);
    impl Drop for Bell {
        fn drop(&mut self) {
            self.0.send(()).unwrap();
        }
    }
    let fault = fault(|| {
        let (ring, rung) = mpsc::channel();
        let lock = Mutex::new(());
        let _cook = Cook::hire(move || _ = rung.iter().count());
        let _bell = Bell(ring);
        let _lock = lock.lock().unwrap();
        let _again = lock.lock().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::Deadlock, "{fault}");
}

#[test]
fn a_thread_that_catches_every_panic_and_tries_again_is_left_alone() {
    let fault = fault(|| {
        let [a, b] = [(); 2].map(|()| Arc::new(Mutex::new(())));
        let (theirs_a, theirs_b) = (Arc::clone(&a), Arc::clone(&b));
        thread::spawn(move || {
            let both = || {
                let _b = theirs_b.lock().unwrap();
                let _a = theirs_a.lock().unwrap();
            };
            while catch_unwind(AssertUnwindSafe(both)).is_err() {}
        });
        let _a = a.lock().unwrap();
        let _b = b.lock().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::Deadlock, "{fault}");
}
