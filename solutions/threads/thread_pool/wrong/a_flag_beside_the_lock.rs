//! Believes: a flag that is up before the bell rings is seen by everybody who hears the bell.
//! Rejected by: in_no_order_of_steps_is_a_job_or_a_worker_forgotten: lost wake-up

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

/// `f` panicked on this input.
#[derive(Debug, PartialEq)]
pub struct Panicked;

type Job = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Queue {
    jobs: Mutex<VecDeque<Job>>,
    bell: Condvar,
    closed: AtomicBool,
}

impl Queue {
    /// The next job, or `None` when there will be no more.
    fn take(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap();
        loop {
            if let Some(job) = jobs.pop_front() {
                return Some(job);
            }
            if self.closed.load(Ordering::SeqCst) {
                return None;
            }
            // Between the look at the flag and this sleep the bell may ring: the flag needs no lock to go up.
            jobs = self.bell.wait(jobs).unwrap();
        }
    }
}

pub struct ThreadPool {
    queue: Arc<Queue>,
    workers: Vec<JoinHandle<()>>,
}

impl ThreadPool {
    pub fn new(workers: usize) -> Self {
        let queue = Arc::<Queue>::default();
        let start = |_| {
            let queue = Arc::clone(&queue);
            thread::spawn(move || {
                while let Some(job) = queue.take() {
                    job();
                }
            })
        };
        let workers = (0..workers).map(start).collect();
        Self { queue, workers }
    }

    pub fn map<T, R>(
        &self,
        inputs: Vec<T>,
        f: impl Fn(T) -> R + Send + Sync + 'static,
    ) -> Vec<Result<R, Panicked>>
    where
        T: Send + 'static,
        R: Send + 'static,
    {
        let f = Arc::new(f);
        let submit = |input| {
            let f = Arc::clone(&f);
            let (send, result) = mpsc::channel();
            let job = move || {
                let outcome = catch_unwind(AssertUnwindSafe(|| f(input)));
                let _ = send.send(outcome.map_err(|_| Panicked));
            };
            self.queue.jobs.lock().unwrap().push_back(Box::new(job));
            self.queue.bell.notify_one();
            result
        };
        let asked: Vec<_> = inputs.into_iter().map(submit).collect();
        asked.into_iter().map(|result| result.recv().expect("every job reports")).collect()
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.queue.closed.store(true, Ordering::SeqCst);
        self.queue.bell.notify_all();
        for worker in self.workers.drain(..) {
            worker.join().expect("a job's panic stays in the job");
        }
    }
}
