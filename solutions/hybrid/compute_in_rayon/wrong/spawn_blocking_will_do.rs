//! Believes: `spawn_blocking` is the place for any work that takes long.
//! Rejected by: the_work_runs_on_a_rayon_thread

pub async fn compute_in_rayon<T, F>(work: F) -> Result<T, String>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        let payload = error.into_panic();
        let text = payload.downcast_ref::<&str>().map(ToString::to_string);
        text.or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or("no message".to_owned())
    })
}
