//! The order board of one `map`: which jobs wait, which worker holds which, and what was answered.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard};

use crate::pool::PoolError;

/// How many jobs a worker may hold at once: one in hand, the others already in its pipe, so that it
/// never waits for the parent between two small jobs.
const WINDOW: usize = 16;

/// How often a job is tried. A second worker that dies on it says that it is the job's fault.
const TRIES: u32 = 2;

/// What came of a job, in bytes.
pub(crate) type Outcome = Result<Vec<u8>, PoolError>;

/// Shared by the threads that write to and read from the workers of a pool.
pub(crate) struct Board {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    waiting: VecDeque<usize>,
    /// Per worker, the jobs it was handed and has not answered, oldest first.
    held: Vec<VecDeque<usize>>,
    tries: Vec<u32>,
    outcomes: Vec<Option<Outcome>>,
    open: usize,
}

impl Board {
    pub(crate) fn new(jobs: usize, workers: usize) -> Self {
        let state = State {
            waiting: (0..jobs).collect(),
            held: vec![VecDeque::new(); workers],
            tries: vec![0; jobs],
            outcomes: (0..jobs).map(|_| None).collect(),
            open: jobs,
        };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Waits for a job that this worker may be handed; `None` when every job is settled or the worker
    /// is `gone`.
    pub(crate) fn take(&self, worker: usize, gone: impl Fn() -> bool) -> Option<usize> {
        let mut state =
            self.wait_until(|state| state.open == 0 || gone() || state.may_take(worker));
        if state.open == 0 || gone() {
            return None;
        }
        let job = state.waiting.pop_front()?;
        state.held[worker].push_back(job);
        self.changed.notify_all();
        Some(job)
    }

    /// Waits until this worker holds a job; false when every job is settled.
    pub(crate) fn expects_answer(&self, worker: usize) -> bool {
        let state = self.wait_until(|state| state.open == 0 || !state.held[worker].is_empty());
        state.open > 0
    }

    /// The worker answered the oldest job it holds: workers answer in order.
    pub(crate) fn answer(&self, worker: usize, answer: Vec<u8>) {
        let mut state = self.lock();
        let job = state.held[worker].pop_front().expect("an answer belongs to a job");
        state.settle(job, Ok(answer));
        self.changed.notify_all();
    }

    /// The worker is lost; what it held is for others now.
    pub(crate) fn lose(&self, worker: usize, why: PoolError) {
        self.lock().lose(worker, why);
        self.changed.notify_all();
    }

    /// Tells everyone who waits here to look again.
    pub(crate) fn ring(&self) {
        // Under the lock, so that nobody is between looking and falling asleep.
        let _state = self.lock();
        self.changed.notify_all();
    }

    /// What came of each job, in the order of the jobs; `None` for a job that nobody was left to do.
    pub(crate) fn into_outcomes(self) -> Vec<Option<Outcome>> {
        self.state.into_inner().expect("no thread panics while it holds the board").outcomes
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics while it holds the board")
    }

    fn wait_until(&self, ready: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        self.changed
            .wait_while(self.lock(), |state| !ready(state))
            .expect("no thread panics while it holds the board")
    }
}

impl State {
    /// A worker may hold its fair share of what is left, so that three long jobs go to three workers,
    /// and a full window of a thousand short ones.
    fn may_take(&self, worker: usize) -> bool {
        let share = self.waiting.len().div_ceil(self.held.len());
        let held = self.held[worker].len();
        !self.waiting.is_empty() && (held == 0 || held < share.min(WINDOW))
    }

    /// The job that the lost worker had in hand is put back once, then reported; the jobs that only lay
    /// in its pipe were never begun, and go back as if nothing had happened.
    fn lose(&mut self, worker: usize, why: PoolError) {
        let mut held = std::mem::take(&mut self.held[worker]);
        if let Some(&in_hand) = held.front() {
            self.tries[in_hand] += 1;
            if self.tries[in_hand] == TRIES {
                held.pop_front();
                self.settle(in_hand, Err(why));
            }
        }
        for job in held.into_iter().rev() {
            self.waiting.push_front(job);
        }
    }

    fn settle(&mut self, job: usize, outcome: Outcome) {
        self.outcomes[job] = Some(outcome);
        self.open -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(board: &Board, worker: usize) -> Option<usize> {
        let mut state = board.lock();
        let job = state.may_take(worker).then(|| state.waiting.pop_front()).flatten()?;
        state.held[worker].push_back(job);
        Some(job)
    }

    fn why() -> PoolError {
        PoolError::WorkerLost(String::from("died"))
    }

    #[test]
    fn three_jobs_go_to_three_workers() {
        let board = Board::new(3, 3);
        assert_eq!([0, 1, 2].map(|worker| taken(&board, worker)), [Some(0), Some(1), Some(2)]);
        assert_eq!(taken(&board, 0), None);
    }

    #[test]
    fn a_worker_holds_a_window_of_many_jobs_and_no_more() {
        let board = Board::new(1_000, 2);
        let held = std::iter::from_fn(|| taken(&board, 0)).count();
        assert_eq!(held, WINDOW);
    }

    #[test]
    fn only_the_job_in_hand_is_charged_for_a_lost_worker() {
        let board = Board::new(100, 1);
        let held: Vec<_> = std::iter::from_fn(|| taken(&board, 0)).collect();
        board.lose(0, why());
        assert_eq!(board.lock().tries.iter().sum::<u32>(), 1);
        assert_eq!(
            std::iter::from_fn(|| taken(&board, 0)).collect::<Vec<_>>(),
            held,
            "same jobs, same order"
        );
    }

    #[test]
    fn a_job_that_loses_two_workers_is_reported_and_the_next_one_goes_on() {
        let board = Board::new(2, 1);
        for _ in 0..2 {
            assert_eq!(board.take(0, || false), Some(0));
            board.lose(0, why());
        }
        assert_eq!(board.take(0, || false), Some(1));
        board.answer(0, vec![7]);
        assert!(!board.expects_answer(0));
        assert_eq!(board.into_outcomes(), [Some(Err(why())), Some(Ok(vec![7]))]);
    }

    #[test]
    fn a_writer_whose_worker_is_gone_takes_nothing() {
        assert_eq!(Board::new(2, 1).take(0, || true), None);
    }
}
