//! Work that keeps its thread for as long as you like, to see what that does to others.

use std::env;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, Write};
use std::process;
use std::thread;
use std::time::{Duration, Instant};

use tracing::info_span;

/// Sleeps for `length`, as a `wait` in the timeline.
pub fn sleep_for(length: Duration) {
    let _wait = info_span!("wait", on = "a sleep").entered();
    thread::sleep(length);
}

/// Computes for `length`.
pub fn compute_for(length: Duration) {
    let start = Instant::now();
    while start.elapsed() < length {
        black_box((0..10_000_u64).fold(0, |sum, n| black_box(sum ^ n)));
    }
}

/// Writes to a file once and then on for `length`, and waits for the disk each time; the file is removed afterwards.
///
/// # Errors
///
/// When the system's folder for temporary files cannot be written to.
pub fn write_for(length: Duration) -> io::Result<()> {
    let _wait = info_span!("wait", on = "the disk").entered();
    let name = format!("blocking-{}-{:?}", process::id(), thread::current().id());
    let path = env::temp_dir().join(name);
    let start = Instant::now();
    loop {
        let mut file = File::create(&path)?;
        file.write_all(&[7; 65_536])?;
        file.sync_all()?; // or the bytes stay in memory, and nobody waits
        if start.elapsed() >= length {
            return fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thread_is_kept_for_no_less_than_was_asked() {
        let length = Duration::from_millis(5);
        let ways: [fn(Duration); 3] =
            [sleep_for, compute_for, |length| write_for(length).expect("a file can be written")];
        for keep in ways {
            let start = Instant::now();
            keep(length);
            assert!(start.elapsed() >= length);
        }
    }
}
