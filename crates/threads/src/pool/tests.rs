//! What the pool promises, held by gates and counters.

use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::thread;

use super::{Panic, Pool};

/// Panics without the hook's message, which would only look like trouble in a test's output.
fn burn(text: &'static str) -> ! {
    resume_unwind(Box::new(text))
}

fn texts(results: Vec<Result<u32, Panic>>) -> Vec<Result<u32, String>> {
    results.into_iter().map(|result| result.map_err(|panic| panic.message().to_owned())).collect()
}

#[test]
fn results_are_in_the_order_of_the_inputs_though_the_last_job_ends_first() {
    let pool = Pool::new(3).unwrap();
    // Each job ends only after its successor has: a gate from every job to the one before it.
    let (mut open, mut gates) = (vec![None], Vec::new());
    for _ in 0..2 {
        let (opens, gate) = mpsc::channel();
        open.push(Some(opens));
        gates.push(Some(gate));
    }
    gates.push(None);
    let (ended, order) = mpsc::channel();
    let jobs = (0_u32..).zip(open.into_iter().zip(gates));
    let results = pool.map(jobs, move |(number, (open, gate))| {
        if let Some(gate) = gate {
            mpsc::Receiver::recv(&gate).unwrap();
        }
        ended.send(number).unwrap();
        if let Some(open) = open {
            open.send(()).unwrap();
        }
        number
    });
    assert_eq!(texts(results), [Ok(0), Ok(1), Ok(2)]);
    drop(pool);
    assert_eq!(order.iter().collect::<Vec<_>>(), [2, 1, 0]);
}

#[test]
fn all_workers_work_at_the_same_time() {
    let (pool, barrier) = (Pool::new(4).unwrap(), Barrier::new(4));
    // Nobody passes the barrier before all four are there.
    let threads = pool.map(0..4, move |_| {
        barrier.wait();
        thread::current().name().map(str::to_owned)
    });
    let names: HashSet<_> = threads.into_iter().map(|name| name.unwrap().unwrap()).collect();
    let expected: HashSet<_> = (0..4).map(|number| format!("worker {number}")).collect();
    assert_eq!(names, expected);
}

#[test]
fn a_panic_is_the_err_of_its_own_job() {
    let pool = Pool::new(2).unwrap();
    let results = pool.map(0..4, |n| if n == 1 { burn("burnt") } else { n });
    assert_eq!(texts(results), [Ok(0), Err("burnt".into()), Ok(2), Ok(3)]);
}

#[test]
fn after_as_many_panics_as_workers_all_of_them_still_work() {
    let (pool, barrier) = (Pool::new(4).unwrap(), Arc::new(Barrier::new(4)));
    let together = Arc::clone(&barrier);
    let burnt = pool.map(0..4, move |_| -> u32 {
        together.wait(); // so that each worker has one of the four
        burn("burnt")
    });
    assert!(burnt.iter().all(Result::is_err));
    let served = pool.map(0..4, move |_| barrier.wait().is_leader());
    assert_eq!(served.into_iter().filter(|leader| *leader.as_ref().unwrap()).count(), 1);
}

#[test]
fn the_message_of_a_panic_is_its_text() {
    let pool = Pool::new(1).unwrap();
    let message = |result: Result<(), Panic>| result.unwrap_err().message().to_owned();
    let dish = "soup".to_owned();
    assert_eq!(message(pool.submit(|| burn("burnt")).wait()), "burnt");
    let formatted = pool.submit(move || resume_unwind(Box::new(format!("{dish} burnt"))));
    assert_eq!(message(formatted.wait()), "soup burnt");
    assert_eq!(message(pool.submit(|| resume_unwind(Box::new(7))).wait()), "no message");
}

#[test]
#[should_panic(expected = "burnt")]
fn a_panic_can_go_on_where_it_is_found() {
    let pool = Pool::new(1).unwrap();
    let Err(panic) = pool.submit(|| burn("burnt")).wait();
    panic.resume();
}

#[test]
fn drop_finishes_what_was_submitted() {
    let (pool, done) = (Pool::new(2).unwrap(), Arc::new(AtomicUsize::new(0)));
    for _ in 0..100 {
        let done = Arc::clone(&done);
        // Relaxed: a plain tally; joining the workers orders it before the load below.
        drop(pool.submit(move || done.fetch_add(1, Ordering::Relaxed)));
    }
    drop(pool);
    assert_eq!(done.load(Ordering::Relaxed), 100);
    assert_eq!(Arc::strong_count(&done), 1, "no job is left anywhere");
}

#[test]
fn an_input_is_taken_only_when_a_place_is_free() {
    let (pool, under_way) = (Pool::new(2).unwrap(), Arc::new(Mutex::new(0)));
    let inputs = (0..2000).inspect(|_| *under_way.lock().unwrap() += 1);
    let count = Arc::clone(&under_way);
    let seen = pool.map(inputs, move |_| {
        let mut under_way = count.lock().unwrap();
        *under_way -= 1;
        *under_way + 1
    });
    // Two at work, two in the queue, and one in the hand that waits to queue it.
    let most = seen.into_iter().map(Result::unwrap).max().unwrap();
    assert!(most <= 2 + 2 + 1, "{most} inputs were taken and not ended");
}

#[test]
fn a_job_may_own_the_last_handle_to_its_pool() {
    let pool = Arc::new(Pool::new(2).unwrap());
    let (open, gate) = mpsc::channel::<()>();
    let own = Arc::clone(&pool);
    let pending = pool.submit(move || {
        gate.recv().unwrap();
        drop(own);
        "dropped"
    });
    drop(pool);
    open.send(()).unwrap();
    assert_eq!(pending.wait().unwrap(), "dropped");
}

#[test]
fn a_result_nobody_wants_may_panic_when_it_is_dropped() {
    struct Fuse;
    impl Drop for Fuse {
        fn drop(&mut self) {
            burn("bang");
        }
    }
    let pool = Pool::new(1).unwrap();
    let (open, gate) = mpsc::channel::<()>();
    let unwanted = pool.submit(move || {
        gate.recv().unwrap();
        Fuse
    });
    drop(unwanted);
    open.send(()).unwrap();
    assert_eq!(pool.submit(|| 42).wait().unwrap(), 42);
}

#[test]
fn no_inputs_have_no_results() {
    assert!(Pool::new(1).unwrap().map(0..0, |n: u32| n).is_empty());
}

#[test]
#[should_panic(expected = "at least one worker")]
fn a_pool_without_workers_is_refused() {
    let _ = Pool::new(0);
}

#[test]
fn a_panic_reads_like_an_error() {
    let panic =
        Pool::new(1).unwrap().submit(|| -> u32 { resume_unwind(Box::new(7)) }).wait().unwrap_err();
    assert_eq!(panic.to_string(), "the job panicked: no message");
    assert_eq!(format!("{panic:?}"), r#"Panic("no message")"#);
}
