//! A pool of worker processes: `map` in order, whatever order the answers come in.
//!
//! Each worker has two threads here, one that writes requests and one that reads answers. They work at
//! the same time because a pipe holds little (64 KiB on Linux): a parent that writes all before it reads
//! waits for the worker to read, while the worker waits for the parent to do the same.

use std::error::Error;
use std::fmt;
use std::io::{self, BufReader};
use std::marker::PhantomData;
use std::process::{ChildStdout, Command};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::board::{Board, Outcome};
use crate::frame::write_frame;
use crate::job::{Job, Wire};
pub use crate::serve::serve_if_worker;
use crate::serve::this_program_as_worker;
use crate::worker::{Worker, describe, read_answer};

/// Why a job has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PoolError {
    /// Two workers were lost on this job; the second one like this.
    WorkerLost(String),
    /// The answer is no value of the job's answer type.
    BadAnswer,
    /// No worker was left, and no new one could be started.
    NoWorker,
}

impl fmt::Display for PoolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkerLost(how) => write!(f, "two workers were lost on it, the second one {how}"),
            Self::BadAnswer => f.write_str("the worker's answer cannot be decoded"),
            Self::NoWorker => f.write_str("no worker could be started for it"),
        }
    }
}

impl Error for PoolError {}

/// How a pool starts the worker in a seat, at first and after a loss.
type Launch = Box<dyn Fn(usize) -> io::Result<Command> + Send + Sync>;

/// Worker processes that wait for requests of type `Q` and give answers of type `A`.
///
/// Dropping the pool kills its workers and waits for each; [`Pool::close`] lets them end by themselves.
pub struct Pool<Q, A> {
    workers: Vec<Worker>,
    launch: Launch,
    replaced: AtomicUsize,
    job: PhantomData<fn(Q) -> A>,
}

impl<Q: Wire + Sync, A: Wire> Pool<Q, A> {
    /// Starts `workers` processes of this same program for `job`.
    ///
    /// # Errors
    ///
    /// When a process cannot be started, or this process is a worker itself.
    ///
    /// # Panics
    ///
    /// When `workers` is 0.
    pub fn start(job: &Job<Q, A>, workers: usize) -> io::Result<Self> {
        let name = job.name;
        Self::start_with(workers, move |seat| this_program_as_worker(name, seat))
    }

    /// Starts `workers` processes with commands of your own; `launch` is told the seat, from 0.
    ///
    /// # Errors
    ///
    /// When a process cannot be started.
    ///
    /// # Panics
    ///
    /// When `workers` is 0.
    pub fn start_with(
        workers: usize,
        launch: impl Fn(usize) -> io::Result<Command> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        assert!(workers > 0, "a pool needs at least one worker");
        let workers = (0..workers)
            .map(|seat| Worker::start(&mut launch(seat)?))
            .collect::<io::Result<_>>()?;
        Ok(Self {
            workers,
            launch: Box::new(launch),
            replaced: AtomicUsize::new(0),
            job: PhantomData,
        })
    }

    /// The answers to all requests, in the order of the requests.
    ///
    /// A request whose worker is lost is tried once more on a new worker. If that one is lost too, this
    /// request alone has an error.
    pub fn map(&mut self, requests: &[Q]) -> Vec<Result<A, PoolError>> {
        let decode = |bytes: Vec<u8>| A::decode(&bytes).ok_or(PoolError::BadAnswer);
        self.exchange(requests).into_iter().map(|outcome| outcome.and_then(decode)).collect()
    }

    /// The process ids of the workers, by seat.
    pub fn ids(&self) -> Vec<u32> {
        self.workers.iter().map(Worker::id).collect()
    }

    /// How many lost workers were replaced so far.
    pub fn replaced(&self) -> usize {
        // Relaxed: a plain tally; whoever reads it holds the pool, and `map` has joined its threads.
        self.replaced.load(Ordering::Relaxed)
    }

    /// Kills the worker in a seat, as an operator or the system might. The next `map` replaces it.
    ///
    /// # Errors
    ///
    /// When the system refuses to.
    ///
    /// # Panics
    ///
    /// When there is no such seat.
    pub fn kill(&mut self, seat: usize) -> io::Result<()> {
        self.workers[seat].kill().map(drop)
    }

    /// Lets every worker end, takes their timelines home, and waits for each.
    ///
    /// # Errors
    ///
    /// The first of the workers that did not end as agreed; all of them are gone nevertheless.
    pub fn close(mut self) -> io::Result<()> {
        // All at once first: they end side by side while we wait for them one by one.
        self.workers.iter_mut().for_each(Worker::hang_up);
        let endings: Vec<_> = self.workers.drain(..).map(Worker::close).collect();
        endings.into_iter().collect()
    }

    fn exchange(&mut self, requests: &[Q]) -> Vec<Outcome> {
        let board = Board::new(requests.len(), self.workers.len());
        let (launch, replaced) = (&self.launch, &self.replaced);
        thread::scope(|scope| {
            for (seat, worker) in self.workers.iter_mut().enumerate() {
                let board = &board;
                scope.spawn(move || {
                    loop {
                        // Also a worker that died between two maps, which is no order's fault.
                        if worker.has_ended() {
                            let new =
                                launch(seat).and_then(|mut command| Worker::start(&mut command));
                            let Ok(new) = new else { return }; // the other workers go on without it
                            *worker = new;
                            // Relaxed: a plain tally, read after this scope has joined its threads.
                            replaced.fetch_add(1, Ordering::Relaxed);
                        }
                        let Err(error) = converse(worker, seat, board, requests) else { return };
                        board.lose(seat, PoolError::WorkerLost(how_it_was_lost(worker, &error)));
                    }
                });
            }
        });
        board
            .into_outcomes()
            .into_iter()
            .map(|outcome| outcome.unwrap_or(Err(PoolError::NoWorker)))
            .collect()
    }
}

/// Feeds one worker and takes its answers until every job is settled, or the worker is lost.
fn converse<Q>(worker: &mut Worker, seat: usize, board: &Board, requests: &[Q]) -> io::Result<()>
where
    Q: Wire + Sync,
{
    let Worker { child, to, from } = worker;
    let to = to.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
    let gone = &AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(move || {
            // Relaxed: the board's lock orders the flag; it only says whether to go on.
            while let Some(job) = board.take(seat, || gone.load(Ordering::Relaxed)) {
                if write_frame(to, &requests[job].encode()).is_err() {
                    return; // the reader finds the same end, and knows which job was in hand
                }
            }
        });
        let conversation = take_answers(from, seat, board);
        if let Err(error) = &conversation {
            if error.kind() != io::ErrorKind::UnexpectedEof {
                // A worker that talks nonsense still lives, and our writer may be stuck in its pipe:
                // only the worker's death surely ends that write.
                let _ = child.kill();
            }
            gone.store(true, Ordering::Relaxed); // ordered by the board's lock, as above
            board.ring();
        }
        conversation
    })
}

/// Takes the answers of one worker until every job is settled.
fn take_answers(from: &mut BufReader<ChildStdout>, seat: usize, board: &Board) -> io::Result<()> {
    while board.expects_answer(seat) {
        board.answer(seat, read_answer(from)?);
    }
    Ok(())
}

/// Waits for a lost worker, so that no zombie stays, and says what happened to it.
fn how_it_was_lost(worker: &mut Worker, error: &io::Error) -> String {
    worker.hang_up();
    match worker.child.wait() {
        Ok(status) if error.kind() == io::ErrorKind::UnexpectedEof => describe(status),
        Ok(_) => format!("sent no frame: {error}"),
        Err(error) => format!("could not be waited for: {error}"),
    }
}
