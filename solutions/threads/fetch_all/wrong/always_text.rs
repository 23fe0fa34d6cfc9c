//! Believes: a panic carries a `&str` or a `String`, so the second may be unwrapped.
//! Rejected by: a_panic_without_text_has_no_reason

use std::any::Any;
use std::thread;

pub fn fetch_all<T, J>(jobs: Vec<J>) -> Vec<Result<T, String>>
where
    T: Send + 'static,
    J: FnOnce() -> T + Send + 'static,
{
    // Collected, because iterators are lazy: in one chain each thread would be joined before the next starts.
    let started: Vec<_> = jobs.into_iter().map(thread::spawn).collect();
    started.into_iter().map(|handle| handle.join().map_err(|panic| text(&*panic))).collect()
}

/// `panic!` sends a `&str` if there is nothing to format, or else a `String`; `panic_any` sends anything.
fn text(panic: &(dyn Any + Send)) -> String {
    let plain = panic.downcast_ref::<&str>().map(ToString::to_string);
    plain
        .or_else(|| Some(panic.downcast_ref::<String>().unwrap().clone()))
        .unwrap_or_else(|| "no reason given".to_owned())
}
