//! Tasks under every order of polling: over real `tokio::sync`, dropped everywhere, with a paused clock.

use std::future::{Future, poll_fn};
use std::task::Poll;
use std::time::Duration;

use interleave::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use interleave::sync::{Arc, Mutex};
use interleave::tasks::yield_now;
use interleave::{Explorer, Fault, FaultKind, Report, tasks};
use tokio::sync::{Notify, Semaphore, mpsc, oneshot};

fn explore(body: impl Fn() + Send + Sync + 'static) -> Report {
    Explorer::new().explore(body)
}

fn fault(body: impl Fn() + Send + Sync + 'static) -> Fault {
    explore(body).fault.expect("the program is wrong")
}

fn join<T>(handles: impl IntoIterator<Item = interleave::thread::JoinHandle<T>>) -> Vec<T> {
    handles.into_iter().map(|handle| handle.join().unwrap()).collect()
}

async fn sell(till: Arc<AtomicUsize>) {
    let seen = till.load(SeqCst);
    yield_now().await;
    till.store(seen + 1, SeqCst);
}

/// Two tasks of two polls each: 4!/(2!·2!) orders.
#[test]
fn two_tasks_of_two_polls_can_be_polled_in_six_orders() {
    let report = explore(|| _ = join([(); 2].map(|()| tasks::spawn(yield_now()))));
    assert_eq!(report.to_string(), "6 interleavings, that is all of them");
}

#[test]
fn an_update_across_an_await_gets_lost() {
    let fault = fault(|| {
        let till = Arc::new(AtomicUsize::new(0));
        join([(); 2].map(|()| tasks::spawn(sell(Arc::clone(&till)))));
        assert_eq!(till.load(SeqCst), 2);
    });
    assert_eq!(fault.name(), "lost update");
    assert_eq!(fault.preemptions, 1, "{fault}");
    let text = fault.to_string();
    assert!(text.contains("yield_now().await"), "the line of the await is shown:\n{text}");
    assert!(text.contains("→ is not ready"), "{text}");
}

#[test]
fn between_two_awaits_nobody_gets_in_between() {
    let report = explore(|| {
        let till = Arc::new(AtomicUsize::new(0));
        join([(); 2].map(|()| {
            let till = Arc::clone(&till);
            tasks::spawn(async move {
                yield_now().await;
                let seen = till.load(SeqCst);
                till.store(seen + 1, SeqCst);
            })
        }));
        assert_eq!(till.load(SeqCst), 2);
    });
    assert!(report.fault.is_none() && report.complete, "{report}");
}

#[test]
fn a_tokio_mutex_keeps_the_till_exact_across_an_await() {
    let report = explore(|| {
        let till = Arc::new(tokio::sync::Mutex::new(0));
        join([(); 3].map(|()| {
            let till = Arc::clone(&till);
            tasks::spawn(async move {
                let mut till = till.lock().await;
                let seen = *till;
                yield_now().await;
                *till = seen + 1;
            })
        }));
        assert_eq!(*till.try_lock().unwrap(), 3);
    });
    assert!(report.fault.is_none() && report.complete, "{report}");
}

#[test]
fn a_standard_guard_across_an_await_keeps_the_only_thread() {
    let fault = fault(|| {
        let till = Arc::new(Mutex::new(0));
        join([(); 2].map(|()| {
            let till = Arc::clone(&till);
            // Real code would not compile when spawned on a runtime with more than one thread.
            tasks::spawn(AssertSend(Box::pin(async move {
                let mut till = till.lock().unwrap();
                yield_now().await;
                *till += 1;
            })))
        }));
    });
    assert_eq!(fault.kind, FaultKind::Deadlock, "{fault}");
    let text = fault.to_string();
    assert!(text.contains("waits for the only thread, which task"), "{text}");
}

/// A future that is not `Send`, on a runtime that has one thread only.
struct AssertSend<F>(std::pin::Pin<Box<F>>);

#[allow(unsafe_code, reason = "stands for a runtime with one thread, which asks for no `Send`")]
// SAFETY: only one thread of a run moves at a time, and each move happens before the next.
unsafe impl<F> Send for AssertSend<F> {}

impl<F: Future> Future for AssertSend<F> {
    type Output = F::Output;

    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> Poll<F::Output> {
        self.0.as_mut().poll(context)
    }
}

#[test]
fn two_async_locks_taken_crosswise_wait_for_ever() {
    let fault = fault(|| {
        let locks = [(); 2].map(|()| Arc::new(tokio::sync::Mutex::new(())));
        join([[0, 1], [1, 0]].map(|[first, second]| {
            let (first, second) = (Arc::clone(&locks[first]), Arc::clone(&locks[second]));
            tasks::spawn(async move {
                let _first = first.lock().await;
                yield_now().await;
                let _second = second.lock().await;
            })
        }));
    });
    assert_eq!(fault.kind, FaultKind::Deadlock);
    let text = fault.to_string();
    assert!(text.contains("waits to be woken, and nobody is left to wake it"), "{text}");
    assert!(text.contains("second.lock().await"), "the line of the await is shown:\n{text}");
}

#[test]
fn whoever_forgets_the_waker_sleeps_for_ever() {
    let fault = fault(|| _ = join([tasks::spawn(poll_fn(|_| Poll::<()>::Pending))]));
    assert_eq!(fault.kind, FaultKind::LostWakeUp);
}

#[test]
fn messages_wake_their_receiver() {
    let report = explore(|| {
        let (send, mut receive) = mpsc::channel(1);
        let total = tasks::spawn(async move {
            let mut total = 0;
            while let Some(price) = receive.recv().await {
                total += price;
            }
            total
        });
        let (done, is_done) = oneshot::channel();
        let cook = tasks::spawn(async move {
            for price in [1, 2, 3] {
                send.send(price).await.unwrap();
            }
            done.send(()).unwrap();
        });
        let guest = tasks::spawn(async move { is_done.await.unwrap() });
        cook.join().unwrap();
        guest.join().unwrap();
        assert_eq!(total.join().unwrap(), 6);
    });
    assert!(report.fault.is_none() && report.complete, "{report}");
}

#[test]
fn a_future_is_dropped_at_every_await() {
    static DROPPED_AFTER: [std::sync::atomic::AtomicUsize; 4] =
        [const { std::sync::atomic::AtomicUsize::new(0) }; 4];
    let report = explore(|| {
        let polls = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let theirs = Arc::clone(&polls);
        let cook = tasks::spawn_cancellable(async move {
            for _ in 0..3 {
                theirs.fetch_add(1, SeqCst);
                yield_now().await;
            }
        });
        if cook.join().unwrap().is_none() {
            DROPPED_AFTER[polls.load(SeqCst)].fetch_add(1, SeqCst);
        }
    });
    assert_eq!(report.runs, 5, "dropped after 0, 1, 2 and 3 polls, or not at all");
    assert!(DROPPED_AFTER.iter().all(|times| times.load(SeqCst) == 1));
}

#[test]
fn what_a_cancelled_task_has_taken_out_is_lost() {
    let fault = fault(|| {
        let (shelf, table) = (Arc::new(AtomicUsize::new(1)), Arc::new(AtomicUsize::new(0)));
        let (from, to) = (Arc::clone(&shelf), Arc::clone(&table));
        let waiter = tasks::spawn_cancellable(async move {
            let plates = from.swap(0, SeqCst);
            yield_now().await;
            to.store(plates, SeqCst);
        });
        waiter.join().unwrap();
        assert_eq!(shelf.load(SeqCst) + table.load(SeqCst), 1, "a plate is gone");
    });
    assert!(fault.to_string().contains("is dropped here"), "{fault}");
}

#[test]
fn a_cancelled_task_gives_back_its_permit() {
    let report = explore(|| {
        let permits = Arc::new(Semaphore::new(1));
        let cancelled = tasks::spawn_cancellable({
            let permits = Arc::clone(&permits);
            async move {
                let _permit = permits.acquire().await.unwrap();
                yield_now().await;
            }
        });
        let other = tasks::spawn({
            let permits = Arc::clone(&permits);
            async move { drop(permits.acquire().await.unwrap()) }
        });
        other.join().unwrap();
        cancelled.join().unwrap();
        assert_eq!(permits.available_permits(), 1);
    });
    assert!(report.fault.is_none() && report.complete, "{report}");
}

#[test]
fn a_panic_in_a_task_gives_the_thread_back() {
    let report = explore(|| {
        let burnt = tasks::spawn(async { panic!("burnt") });
        let served = tasks::spawn(async { 7 });
        assert_eq!(served.join().unwrap(), 7);
        assert!(burnt.join().is_err());
    });
    assert!(report.fault.is_none() && report.complete, "{report}");
}

/// Runs the future where it finds a runtime's time.
async fn in_runtime<F: Future>(handle: tokio::runtime::Handle, future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    poll_fn(move |context| {
        let _inside = handle.enter();
        future.as_mut().poll(context)
    })
    .await
}

fn paused_time() -> tokio::runtime::Handle {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.unwrap();
    let handle = runtime.handle().clone();
    tasks::clock(move |woken| {
        let far = Duration::from_secs(365 * 24 * 3600);
        runtime.block_on(async { tokio::time::timeout(far, woken).await.is_ok() })
    });
    handle
}

#[test]
fn an_hour_passes_when_nobody_can_move() {
    let report = explore(|| {
        let time = paused_time();
        let sleeper = tasks::spawn(in_runtime(time.clone(), async {
            let since = tokio::time::Instant::now();
            tokio::time::sleep(Duration::from_secs(3600)).await;
            since.elapsed()
        }));
        assert_eq!(sleeper.join().unwrap(), Duration::from_secs(3600));
    });
    assert!(report.fault.is_none() && report.complete, "{report}");
}

#[test]
fn whoever_is_notified_before_the_timeout_does_not_time_out() {
    let report = explore(|| {
        let time = paused_time();
        let bell = Arc::new(Notify::new());
        let theirs = Arc::clone(&bell);
        let waiter = tasks::spawn(in_runtime(time.clone(), async move {
            tokio::time::timeout(Duration::from_secs(2), theirs.notified()).await.is_ok()
        }));
        let ringer = tasks::spawn(in_runtime(time, async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            bell.notify_one();
        }));
        assert!(waiter.join().unwrap());
        ringer.join().unwrap();
    });
    assert!(report.fault.is_none() && report.complete, "{report}");
}

#[test]
fn a_deadlock_is_found_although_a_clock_is_there() {
    let fault = fault(|| {
        let time = paused_time();
        let waiter = tasks::spawn(in_runtime(time, async { Notify::new().notified().await }));
        waiter.join().unwrap();
    });
    assert_eq!(fault.kind, FaultKind::LostWakeUp, "{fault}");
}

#[test]
#[should_panic(expected = "there are no tasks outside of a run")]
fn a_task_outside_of_a_run_is_refused() {
    drop(tasks::spawn(async {}));
}
