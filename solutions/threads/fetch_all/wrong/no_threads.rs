//! Believes: catching the panic of each job is all that threads are needed for.
//! Rejected by: all_jobs_run_at_the_same_time

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub fn fetch_all<T, J>(jobs: Vec<J>) -> Vec<Result<T, String>>
where
    T: Send + 'static,
    J: FnOnce() -> T + Send + 'static,
{
    let careful = |job| catch_unwind(AssertUnwindSafe(job)).map_err(|panic| text(&*panic));
    jobs.into_iter().map(careful).collect()
}

/// `panic!` sends a `&str` if there is nothing to format, or else a `String`; `panic_any` sends anything.
fn text(panic: &(dyn Any + Send)) -> String {
    let plain = panic.downcast_ref::<&str>().map(ToString::to_string);
    plain.or_else(|| panic.downcast_ref().cloned()).unwrap_or_else(|| "no reason given".to_owned())
}
