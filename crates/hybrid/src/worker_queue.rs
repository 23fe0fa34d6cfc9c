//! An async queue in front of a worker process: the loop never touches a pipe.

use std::error::Error;
use std::fmt;
use std::io;
use std::thread::{self, JoinHandle};

use processes::job::{Job, Wire};
use processes::pool::{Pool, PoolError};
use tokio::sync::{mpsc, oneshot};

/// Why an order has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueError {
    /// The worker process could not answer, nor could the one after it.
    Worker(PoolError),
    /// The queue's thread is gone.
    Closed,
}

impl fmt::Display for QueueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Worker(error) => write!(f, "the worker process failed: {error}"),
            Self::Closed => f.write_str("the queue is closed"),
        }
    }
}

impl Error for QueueError {}

/// An order and the way back for its answer.
type Ticket<Q, A> = (Q, oneshot::Sender<Result<A, PoolError>>);

type Orders<Q, A> = mpsc::Receiver<Ticket<Q, A>>;

/// One worker process behind a bounded queue.
///
/// Reading a pipe blocks, so a thread of its own does it. When the queue is full, [`WorkerQueue::call`]
/// waits: callers feel the worker's pace instead of piling up orders in memory.
#[derive(Debug)]
pub struct WorkerQueue<Q, A> {
    tickets: mpsc::Sender<Ticket<Q, A>>,
    keeper: JoinHandle<io::Result<()>>,
}

impl<Q, A> WorkerQueue<Q, A>
where
    Q: Wire + Send + Sync + 'static,
    A: Wire + Send + 'static,
{
    /// Starts this program again as a worker for `job`, behind a queue of `capacity` orders.
    ///
    /// `main` must begin with [`processes::pool::serve_if_worker`].
    ///
    /// # Errors
    ///
    /// When the worker or the thread that keeps it cannot be started.
    ///
    /// # Panics
    ///
    /// When `capacity` is 0.
    pub fn start(job: &Job<Q, A>, capacity: usize) -> io::Result<Self> {
        Self::in_front_of(Pool::start(job, 1)?, capacity)
    }

    /// Puts a queue of `capacity` orders in front of a pool that is already open. Orders are done one
    /// at a time.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    ///
    /// # Panics
    ///
    /// When `capacity` is 0.
    pub fn in_front_of(pool: Pool<Q, A>, capacity: usize) -> io::Result<Self> {
        let (tickets, orders) = mpsc::channel(capacity);
        let keeper = thread::Builder::new().name(String::from("worker's keeper"));
        let keeper = keeper.spawn(|| keep_a_worker(pool, orders))?;
        Ok(Self { tickets, keeper })
    }

    /// Queues an order and waits for its answer; other tasks run meanwhile.
    ///
    /// Dropping the future takes the order back if the worker has not begun it.
    ///
    /// # Errors
    ///
    /// [`QueueError::Worker`] when two worker processes in a row were lost on this order.
    pub async fn call(&self, request: Q) -> Result<A, QueueError> {
        let (answer, outcome) = oneshot::channel();
        self.tickets.send((request, answer)).await.map_err(|_| QueueError::Closed)?;
        outcome.await.map_err(|_| QueueError::Closed)?.map_err(QueueError::Worker)
    }

    /// Lets the worker finish what is queued, takes its timeline home, and waits for its end.
    ///
    /// # Errors
    ///
    /// When the worker did not end as agreed.
    pub async fn close(self) -> io::Result<()> {
        drop(self.tickets);
        // Joining blocks too: off the loop with it.
        tokio::task::spawn_blocking(|| self.keeper.join().expect("the keeper does not panic"))
            .await
            .expect("nobody cancels it")
    }
}

/// Takes orders from the async side and does the waiting for the worker's pipe, on a plain thread.
fn keep_a_worker<Q, A>(mut pool: Pool<Q, A>, mut orders: Orders<Q, A>) -> io::Result<()>
where
    Q: Wire + Send + Sync,
    A: Wire + Send,
{
    while let Some((request, answer)) = orders.blocking_recv() {
        if answer.is_closed() {
            continue; // the caller gave up while the order was still in the queue
        }
        let outcome = pool.map(&[request]).pop().expect("one answer to one request");
        let _ = answer.send(outcome); // the caller may have given up meanwhile
    }
    pool.close()
}
