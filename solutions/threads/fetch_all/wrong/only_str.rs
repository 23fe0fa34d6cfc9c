//! Believes: the text of a panic is always a `&str`.
//! Rejected by: a_panic_with_formatted_text_is_told

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
    panic.downcast_ref::<&str>().map_or("no reason given", |text| text).to_owned()
}
