//! The pool of many a textbook: a shared queue, and workers who die of a job that panics.

use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

/// A pool to learn from and not to use: [`Pool`](crate::Pool) contains the panics that end this one's workers.
#[derive(Debug)]
pub struct SimplePool {
    queue: Sender<Job>,
    workers: Vec<JoinHandle<()>>,
}

impl SimplePool {
    /// Starts `workers` threads, named `simple 0`, `simple 1`, …
    ///
    /// # Panics
    ///
    /// When the system grants no further thread.
    pub fn new(workers: usize) -> Self {
        let (queue, jobs) = mpsc::channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        let start = |number| {
            let jobs = Arc::clone(&jobs);
            let named = thread::Builder::new().name(format!("simple {number}"));
            let work = move || {
                loop {
                    let Ok(job) = jobs.lock().expect("not poisoned").recv() else { return };
                    job(); // a panic in here unwinds through the loop, and that was this worker
                }
            };
            named.spawn(work).expect("a thread starts")
        };
        Self { queue, workers: (0..workers).map(start).collect() }
    }

    /// Whether there was anybody left to take the job.
    pub fn execute(&self, job: impl FnOnce() + Send + 'static) -> bool {
        self.queue.send(Box::new(job)).is_ok()
    }

    /// Waits until every worker has died of a job that panics; says how many did. For ever, if one has no such job.
    pub fn count_dead(&mut self) -> usize {
        self.workers.drain(..).filter_map(|worker| worker.join().err()).count()
    }
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;

    use super::*;

    #[test]
    fn a_job_is_done() {
        let (done, report) = mpsc::channel();
        assert!(SimplePool::new(2).execute(move || done.send(42).expect("somebody listens")));
        assert_eq!(report.recv(), Ok(42));
    }

    #[test]
    fn each_panic_costs_a_worker_and_after_the_last_no_job_is_taken() {
        let mut pool = SimplePool::new(3);
        for _ in 0..3 {
            // Like a panic, without the message.
            pool.execute(|| resume_unwind(Box::new("burnt")));
        }
        assert_eq!(pool.count_dead(), 3);
        assert!(!pool.execute(|| ()));
    }
}
