//! Believes: awaits in a loop overlap once the work has a thread of its own.
//! Rejected by: no_more_read_at_a_time_than_allowed_and_no_fewer

use std::io;
use std::path::PathBuf;

use tokio::task::spawn_blocking;

pub async fn read_many<F>(paths: Vec<PathBuf>, at_once: usize, read: F) -> Vec<io::Result<String>>
where
    F: Fn(PathBuf) -> io::Result<String> + Clone + Send + 'static,
{
    let mut texts = Vec::new();
    for path in paths {
        let read = read.clone();
        texts.push(spawn_blocking(move || read(path)).await.unwrap());
    }
    texts
}
