//! A pool of worker threads: results in the order asked, panics contained, everybody home on drop.
//!
//! Three decisions carry it.
//!
//! - **Order.** Every job has a channel of its own for its result. Whoever waits for the results in the order
//!   of the jobs has them in that order, whichever is ready first.
//! - **Panics.** A job's panic is caught on the worker and becomes that job's [`Err`]. The worker goes on.
//! - **Bounds.** As many jobs may queue as there are workers. Then [`Pool::submit`] waits, so a fast producer
//!   is held back and memory is not its limit.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

/// Worker threads that share one queue of jobs.
///
/// Dropping the pool finishes the jobs already submitted, then joins the workers.
///
/// A job must not submit to its own pool and wait for it: when all workers do that, nobody is left to do what
/// they wait for. (rayon's workers can wait for each other, since a waiting worker takes on other jobs.)
///
/// ```
/// let pool = threads::Pool::new(2)?;
/// let squares = pool.map(1..=4, |n: u64| n * n);
/// assert_eq!(squares.into_iter().collect::<Result<Vec<_>, _>>()?, [1, 4, 9, 16]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Pool {
    /// `None` only while the pool is being dropped: no sender left is how the workers learn of it.
    queue: Option<SyncSender<Job>>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    /// Starts `workers` threads, named `worker 0`, `worker 1`, …
    ///
    /// # Errors
    ///
    /// When the system grants no further thread. Those already started are joined.
    ///
    /// # Panics
    ///
    /// When `workers` is 0: nobody would ever take a job.
    pub fn new(workers: usize) -> io::Result<Self> {
        assert!(workers > 0, "a pool needs at least one worker");
        let (queue, jobs) = mpsc::sync_channel(workers);
        let jobs = Arc::new(Mutex::new(jobs));
        let mut pool = Self { queue: Some(queue), workers: Vec::with_capacity(workers) };
        for number in 0..workers {
            let jobs = Arc::clone(&jobs);
            let named = thread::Builder::new().name(format!("worker {number}"));
            pool.workers.push(named.spawn(move || work(&jobs))?);
        }
        Ok(pool)
    }

    /// Queues a job; waits first while the queue is full.
    pub fn submit<R: Send + 'static>(
        &self,
        job: impl FnOnce() -> R + Send + 'static,
    ) -> Pending<R> {
        // Room for the one result, so that no worker ever waits for somebody to take it.
        let (give, outcome) = mpsc::sync_channel(1);
        let job = move || {
            // Unwind safe, whatever the job is: what it owned is gone with it. What it shares by a `Mutex`
            // is poisoned, and that is how others learn of the panic.
            let result = catch_unwind(AssertUnwindSafe(job)).map_err(Panic);
            // Fails when nobody holds the other end: then nobody wants the result.
            let _ = give.send(result);
        };
        let queue = self.queue.as_ref().expect("the queue is open until drop");
        queue.send(Box::new(job)).expect("the workers stay until the queue is closed");
        Pending(outcome)
    }

    /// Applies `f` to every input on the workers; the results are in the order of the inputs.
    pub fn map<T, R>(
        &self,
        inputs: impl IntoIterator<Item = T>,
        f: impl Fn(T) -> R + Send + Sync + 'static,
    ) -> Vec<Result<R, Panic>>
    where
        T: Send + 'static,
        R: Send + 'static,
    {
        let f = Arc::new(f);
        let submit = |input| {
            let f = Arc::clone(&f);
            self.submit(move || f(input))
        };
        // All are asked before the first is waited for: in one chain they would run one by one.
        let asked: Vec<_> = inputs.into_iter().map(submit).collect();
        asked.into_iter().map(Pending::wait).collect()
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        drop(self.queue.take());
        for worker in self.workers.drain(..) {
            // A job may own the last handle to its pool; its worker then drops the pool, and cannot wait
            // for itself.
            if worker.thread().id() != thread::current().id() {
                // Only an error if a worker panicked, and `work` lets none out.
                let _ = worker.join();
            }
        }
    }
}

/// A worker's life: take a job, do it, take the next, until the queue is closed and empty.
fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        // A statement of its own, so that the lock is free again before the job begins. In
        // `while let Ok(job) = jobs.lock()…` the guard would live as long as the body, and the workers
        // would take turns.
        let Ok(job) = jobs.lock().expect("nothing panics under this lock").recv() else { return };
        // The job catches its own panic. What can still panic is the drop of a result nobody wanted.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

/// A result that is on its way.
#[must_use = "a job's panic is only seen by whoever waits for its result"]
#[derive(Debug)]
pub struct Pending<R>(Receiver<Result<R, Panic>>);

impl<R> Pending<R> {
    /// Waits for the job to end.
    ///
    /// # Errors
    ///
    /// When the job panicked.
    pub fn wait(self) -> Result<R, Panic> {
        self.0.recv().expect("a worker ends every job that was queued")
    }
}

/// What a job panicked with.
pub struct Panic(Box<dyn Any + Send>);

/// What [`JoinHandle::join`] and [`catch_unwind`] return for a panic.
impl From<Box<dyn Any + Send>> for Panic {
    fn from(carried: Box<dyn Any + Send>) -> Self {
        Self(carried)
    }
}

impl Panic {
    /// The text given to `panic!`.
    pub fn message(&self) -> &str {
        // `panic!("burnt")` carries a `&'static str`, `panic!("{dish} burnt")` a `String`, and `panic_any`
        // whatever it was given.
        let text = self.0.downcast_ref::<&'static str>().copied();
        text.or_else(|| self.0.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
    }

    /// Goes on panicking, on this thread.
    pub fn resume(self) -> ! {
        resume_unwind(self.0)
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the job panicked: {}", self.message())
    }
}

impl fmt::Debug for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Panic").field(&self.message()).finish()
    }
}

impl Error for Panic {}

#[cfg(test)]
mod tests;
