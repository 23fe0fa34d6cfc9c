//! Believes: whoever asked for the work still waits when it is done.
//! Rejected by: aborts

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

pub async fn compute_in_rayon<T, F>(work: F) -> Result<T, String>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (answer, waiting) = oneshot::channel();
    rayon::spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
            let text = payload.downcast_ref::<&str>().map(ToString::to_string);
            text.or_else(|| payload.downcast_ref::<String>().cloned())
                .unwrap_or("no message".to_owned())
        });
        assert!(answer.send(outcome).is_ok(), "somebody waits");
    });
    waiting.await.expect("rayon answers")
}
