//! CPU work from an async program: rayon does it, a oneshot channel brings the answer back.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

/// The work panicked; this is what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panicked(pub String);

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the computation panicked: {}", self.0)
    }
}

impl Error for Panicked {}

/// Runs `work` on rayon's threads and waits for it without standing in the way of other tasks.
///
/// Rayon has as many threads as there are cores, so a thousand calls at once queue up instead of
/// fighting over them; `spawn_blocking` would start up to 512 threads, which is right for waiting and
/// wrong for computing. Work whose caller has gone away before it began is skipped; work that has begun
/// runs to its end, for nobody can stop a computation from outside.
///
/// # Errors
///
/// [`Panicked`] when the work panics. (Uncaught, a panic in [`rayon::spawn`] aborts the whole program.)
pub async fn compute_in_rayon<T, F>(work: F) -> Result<T, Panicked>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (answer, waiting) = oneshot::channel();
    rayon::spawn(move || {
        if answer.is_closed() {
            return;
        }
        // Unwind safe: whatever the work had in hand is gone with it, only the message comes out.
        let outcome = catch_unwind(AssertUnwindSafe(work));
        // The caller may have left meanwhile; then the answer is of no use to anyone.
        let _ = answer.send(outcome.map_err(|payload| Panicked(message(&*payload))));
    });
    waiting
        .await
        .unwrap_or_else(|_| unreachable!("the sender is dropped unsent only after we left"))
}

/// The text of a panic: `panic!("…")` carries a `&str`, `panic!("{x}")` a `String`.
fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| String::from("no message"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test]
    async fn the_answer_comes_back() {
        assert_eq!(compute_in_rayon(|| 6 * 7).await, Ok(42));
    }

    #[tokio::test]
    async fn a_panic_is_an_error_with_its_message() {
        let number = 7;
        let outcome: Result<(), _> =
            compute_in_rayon(move || panic!("dropped plate {number}")).await;
        assert_eq!(outcome, Err(Panicked(String::from("dropped plate 7"))));
        let outcome: Result<(), _> = compute_in_rayon(|| std::panic::panic_any(7)).await;
        assert_eq!(outcome, Err(Panicked(String::from("no message"))));
    }

    #[tokio::test]
    async fn other_tasks_run_while_the_work_does() {
        // The work waits for a task on this very thread: it could never end if it blocked the loop.
        let (open, gate) = mpsc::channel();
        let work = compute_in_rayon(move || gate.recv().is_ok());
        let opener = async move { open.send(()).expect("the work waits at the gate") };
        let (opened, ()) = tokio::join!(work, opener);
        assert_eq!(opened, Ok(true));
    }

    #[tokio::test]
    async fn a_caller_that_leaves_does_no_harm() {
        let (open, gate) = mpsc::channel::<()>();
        let (done, finished) = oneshot::channel();
        let work = compute_in_rayon(move || {
            let opened = gate.recv().is_err();
            done.send(opened).expect("the test waits for this");
        });
        tokio::select! {
            biased;
            _ = work => unreachable!("the gate is shut"),
            () = tokio::task::yield_now() => {}
        }
        drop(open);
        // The answer may be skipped (not begun) or thrown away (begun): both end the work.
        if let Ok(opened) = finished.await {
            assert!(opened);
        }
    }
}
