//! A semaphore lets `at_once` in, a blocking thread reads, and `join_all` keeps the order.

use std::io;
use std::path::PathBuf;

use futures::future::join_all;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

pub async fn read_many<F>(paths: Vec<PathBuf>, at_once: usize, read: F) -> Vec<io::Result<String>>
where
    F: Fn(PathBuf) -> io::Result<String> + Clone + Send + 'static,
{
    let places = Semaphore::new(at_once);
    let texts = paths.into_iter().map(async |path| {
        let _place = places.acquire().await.expect("nobody closes the semaphore");
        let read = read.clone();
        spawn_blocking(move || read(path))
            .await
            .unwrap_or_else(|panic| Err(io::Error::other(panic)))
    });
    join_all(texts).await
}
