//! Believes: what is read inside a future is read in the background.
//! Rejected by: the_loop_goes_on_while_files_are_read

use std::io;
use std::path::PathBuf;

use futures::stream::{self, StreamExt};

pub async fn read_many<F>(paths: Vec<PathBuf>, at_once: usize, read: F) -> Vec<io::Result<String>>
where
    F: Fn(PathBuf) -> io::Result<String> + Clone + Send + 'static,
{
    stream::iter(paths).map(async |path| read(path)).buffered(at_once).collect().await
}
