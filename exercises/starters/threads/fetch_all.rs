//! The price desk asks several suppliers at the same time, and a clumsy one must not spoil the morning.
//!
//! Run every job in a thread of its own, all of them at the same time. Return one result for each job, in the order
//! of `jobs`: `Ok` with its value, or `Err` with the text of its panic. A panic carries text as `&str`
//! (`panic!("no line")`) or as `String` (`panic!("no line to {city}")`); it may carry any other value too, and the
//! text is then "no reason given". No jobs: no results. Nothing a job does makes this function panic.

pub fn fetch_all<T, J>(jobs: Vec<J>) -> Vec<Result<T, String>>
where
    T: Send + 'static,
    J: FnOnce() -> T + Send + 'static,
{
    todo!("start all jobs, then join them")
}
