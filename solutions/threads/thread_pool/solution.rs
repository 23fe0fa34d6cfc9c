//! Workers share one queue of closures; each job has a channel of its own home, and catches its own panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// `f` panicked on this input.
#[derive(Debug, PartialEq)]
pub struct Panicked;

type Job = Box<dyn FnOnce() + Send>;

pub struct ThreadPool {
    /// `None` only during the drop.
    queue: Option<Sender<Job>>,
    workers: Vec<JoinHandle<()>>,
}

impl ThreadPool {
    pub fn new(workers: usize) -> Self {
        let (queue, jobs) = mpsc::channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let start = |_| {
            let jobs = Arc::clone(&jobs);
            thread::spawn(move || work(&jobs))
        };
        Self { queue: Some(queue), workers: (0..workers).map(start).collect() }
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
        let (f, queue) = (Arc::new(f), self.queue.as_ref().expect("open until the drop"));
        let submit = |input| {
            let f = Arc::clone(&f);
            let (send, result) = mpsc::channel();
            let job = move || {
                // Unwind safe: after a panic nobody sees the input again, and `f` is only shared.
                let outcome = catch_unwind(AssertUnwindSafe(|| f(input)));
                // Nobody to take it: then nobody wants it.
                let _ = send.send(outcome.map_err(|_| Panicked));
            };
            queue.send(Box::new(job)).expect("the workers stay until the queue is closed");
            result
        };
        let asked: Vec<_> = inputs.into_iter().map(submit).collect();
        asked.into_iter().map(|result| result.recv().expect("every job reports")).collect()
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        // A statement of its own, so that the lock is free while the job runs.
        let job = jobs.lock().expect("nothing panics under this lock").recv();
        let Ok(job) = job else { return };
        job();
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        // First close the queue: that is what tells the workers to go.
        drop(self.queue.take());
        for worker in self.workers.drain(..) {
            worker.join().expect("a job's panic stays in the job");
        }
    }
}
