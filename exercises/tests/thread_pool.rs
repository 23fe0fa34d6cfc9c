//! Judges `thread_pool`: the order, the number of workers, what a panic does, and who is left after the drop; little
//! pools under every schedule.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/thread_pool.rs"]
mod exercise;

use std::cell::RefCell;
use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::{self, ThreadId};
use std::time::Duration;

use exercise::{Panicked, ThreadPool};
use exercises::crowd::Crowd;

/// Panics without the message that would look like a failure of the judge.
fn burn() -> ! {
    resume_unwind(Box::new("burnt"))
}

/// Lets `workers` jobs begin, and none of them end before all have: each worker has exactly one.
fn gather(pool: &ThreadPool, workers: usize) -> Vec<Result<Option<ThreadId>, Panicked>> {
    let kitchen = Crowd::default();
    pool.map(vec![(); workers], move |()| {
        let _visit = kitchen.enter();
        kitchen.wait_until(|counts| counts.most >= workers).then(|| thread::current().id())
    })
}

#[test]
fn results_are_in_the_order_of_the_inputs_though_the_last_ends_first() {
    let (pool, kitchen) = (ThreadPool::new(3), Crowd::default());
    let results = pool.map(vec![0, 1, 2], move |number| {
        let _visit = kitchen.enter();
        kitchen.wait_until(|counts| counts.left >= 2 - number);
        number
    });
    assert_eq!(results, [Ok(0), Ok(1), Ok(2)]);
}

#[test]
fn all_workers_work_at_the_same_time() {
    for workers in [1, 4] {
        let met = gather(&ThreadPool::new(workers), workers);
        assert_eq!(met.len(), workers, "results for {workers} inputs");
        let alone = met.iter().filter(|met| !matches!(met, Ok(Some(_)))).count();
        assert_eq!(alone, 0, "jobs that waited for {workers} at a time, and never saw them");
    }
}

#[test]
fn a_free_worker_takes_the_next_input_whatever_the_others_do() {
    // The first input is done only when all others are.
    let (pool, kitchen) = (ThreadPool::new(2), Crowd::default());
    let results = pool.map((0..10).collect(), move |number| {
        if number == 0 {
            return kitchen.wait_until(|counts| counts.left == 9);
        }
        let _visit = kitchen.enter();
        true
    });
    assert_eq!(results[0], Ok(true), "inputs waited for the first one, though a worker was free");
}

#[test]
fn every_map_is_the_work_of_the_same_workers() {
    let pool = ThreadPool::new(3);
    let mut seen: HashSet<_> = gather(&pool, 3).into_iter().flatten().collect();
    seen.extend(gather(&pool, 3).into_iter().flatten());
    let many = pool.map((0..50).collect(), |_: i32| thread::current().id());
    seen.extend(many.into_iter().flatten().map(Some));
    let one = pool.map(vec![()], |()| thread::current().id());
    seen.extend(one.into_iter().flatten().map(Some));
    assert_eq!(seen.len(), 3, "threads that did the work of a pool of 3");
    assert!(!seen.contains(&Some(thread::current().id())), "one of them was the caller's");
}

#[test]
fn a_panic_is_the_err_of_its_own_input() {
    let pool = ThreadPool::new(2);
    let results = pool.map((0..6).collect(), |n: i32| if n % 4 == 1 { burn() } else { n * 10 });
    assert_eq!(results, [Ok(0), Err(Panicked), Ok(20), Ok(30), Ok(40), Err(Panicked)]);
}

#[test]
fn after_as_many_panics_as_workers_all_workers_are_there() {
    let pool = ThreadPool::new(4);
    let mut seen: HashSet<_> = gather(&pool, 4).into_iter().flatten().collect();
    let kitchen = Arc::new(Crowd::default());
    let burnt = pool.map(vec![kitchen; 4], |kitchen| -> u8 {
        let _visit = kitchen.enter();
        kitchen.wait_until(|counts| counts.most == 4); // so that each worker has one of them
        burn()
    });
    assert_eq!(burnt, [Err(Panicked), Err(Panicked), Err(Panicked), Err(Panicked)]);
    let there: Vec<_> = gather(&pool, 4).into_iter().flatten().flatten().collect();
    assert_eq!(there.len(), 4, "workers who came to work after four panics");
    seen.extend(there.into_iter().map(Some));
    assert_eq!(seen.len(), 4, "threads that worked for a pool of 4, before four panics and after");
}

thread_local! {
    /// Is dropped at the very end of a worker's life.
    static COAT: RefCell<Option<Coat>> = const { RefCell::new(None) };
}

struct Coat {
    home: Arc<Crowd>,
}

impl Drop for Coat {
    fn drop(&mut self) {
        // A worker who is slow to leave: whoever does not wait for it is back long before.
        thread::sleep(Duration::from_millis(200));
        drop(self.home.enter());
    }
}

#[test]
fn the_drop_waits_until_every_worker_is_home() {
    let (pool, home, kitchen) = (ThreadPool::new(3), Arc::new(Crowd::default()), Crowd::default());
    let (hook, coats) = (Arc::clone(&home), vec![(); 3]);
    let dressed = pool.map(coats, move |()| {
        COAT.with_borrow_mut(|coat| *coat = Some(Coat { home: Arc::clone(&hook) }));
        let _visit = kitchen.enter();
        kitchen.wait_until(|counts| counts.most == 3)
    });
    assert_eq!(dressed, [Ok(true), Ok(true), Ok(true)], "three jobs at the same time");
    drop(pool);
    assert_eq!(home.counts().left, 3, "workers who were home when the drop had returned");
}

#[test]
fn no_inputs_have_no_results() {
    assert_eq!(ThreadPool::new(2).map(vec![], |n: i32| n), []);
}

#[test]
fn in_no_order_of_steps_is_a_job_or_a_worker_forgotten() {
    std::check(|| {
        let pool = ThreadPool::new(2);
        assert_eq!(pool.map(vec![1, 2], |n| n * 10), [Ok(10), Ok(20)]);
    });
}

#[test]
fn in_no_order_of_steps_does_a_panic_keep_the_other_job() {
    std::check(|| {
        let pool = ThreadPool::new(1);
        assert_eq!(
            pool.map(vec![1, 2], |n: i32| if n == 1 { burn() } else { n * 10 }),
            [Err(Panicked), Ok(20)]
        );
    });
}
