//! Believes: inside an `async fn` any waiting is async, also the `recv` of a standard channel.
//! Rejected by: other_tasks_go_on_while_the_work_runs

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;

pub async fn compute_in_rayon<T, F>(work: F) -> Result<T, String>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (answer, waiting) = mpsc::channel();
    rayon::spawn(move || {
        let _ = answer.send(catch_unwind(AssertUnwindSafe(work)));
    });
    waiting.recv().expect("rayon answers").map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(ToString::to_string);
        text.or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or("no message".to_owned())
    })
}
