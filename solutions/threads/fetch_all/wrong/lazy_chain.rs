//! Believes: a chain of iterators runs each step for all items before it begins the next step.
//! Rejected by: all_jobs_run_at_the_same_time

use std::any::Any;
use std::thread;

pub fn fetch_all<T, J>(jobs: Vec<J>) -> Vec<Result<T, String>>
where
    T: Send + 'static,
    J: FnOnce() -> T + Send + 'static,
{
    let started = jobs.into_iter().map(thread::spawn);
    started.map(|handle| handle.join().map_err(|panic| text(&*panic))).collect()
}

/// `panic!` sends a `&str` if there is nothing to format, or else a `String`; `panic_any` sends anything.
fn text(panic: &(dyn Any + Send)) -> String {
    let plain = panic.downcast_ref::<&str>().map(ToString::to_string);
    plain.or_else(|| panic.downcast_ref().cloned()).unwrap_or_else(|| "no reason given".to_owned())
}
