//! CPU work from an async task: rayon computes, a oneshot channel wakes the task with the answer.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

/// The value of `work`, computed on a rayon thread, or the message it panicked with.
pub async fn compute_in_rayon<T, F>(work: F) -> Result<T, String>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (answer, waiting) = oneshot::channel();
    rayon::spawn(move || {
        // Uncaught, a panic here would abort the program: rayon has nobody to hand it to.
        let outcome = catch_unwind(AssertUnwindSafe(work));
        // An error means that the caller has left; the value is of no use then.
        let _ = answer.send(outcome.map_err(|payload| message(&*payload)));
    });
    waiting.await.unwrap_or_else(|_| Err(String::from("rayon dropped the work")))
}

fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        String::from("no message")
    }
}
