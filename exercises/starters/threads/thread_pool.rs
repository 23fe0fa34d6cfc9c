//! Hire the cooks once, and let them cook all day: a pool.
//!
//! - `new` starts `workers` threads (at least 1). They, and no others, do the work of every `map`.
//! - `map` gives every input to `f` on the workers, as many at a time as there are workers, each free worker taking
//!   the next input. It returns when all are done, with the results in the order of the inputs.
//! - A panic of `f` is the `Err` of its own input. The worker goes on.
//! - When the pool is dropped, the workers go home, and the drop waits until they have.

/// `f` panicked on this input.
#[derive(Debug, PartialEq)]
pub struct Panicked;

pub struct ThreadPool {}

impl ThreadPool {
    pub fn new(workers: usize) -> Self {
        todo!("start the workers")
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
        todo!("a job for each input, then the results in order")
    }
}
