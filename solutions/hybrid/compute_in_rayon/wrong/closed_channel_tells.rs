//! Believes: a panic on a rayon thread just drops the sender, and the receiver notices.
//! Rejected by: aborts

use tokio::sync::oneshot;

pub async fn compute_in_rayon<T, F>(work: F) -> Result<T, String>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (answer, waiting) = oneshot::channel();
    rayon::spawn(move || {
        let _ = answer.send(work());
    });
    waiting.await.map_err(|_| String::from("no message"))
}
