//! Judges `read_many`: every reader waits inside until the loop, which must still be turning, opens the door.

#[path = "../hybrid/read_many.rs"]
mod exercise;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex};

use exercise::read_many;
use exercises::patience;
use tokio::task::yield_now;

#[derive(Default)]
struct Library {
    inside: usize,
    peak: usize,
    open: bool,
    gave_up: bool,
}

#[derive(Clone, Default)]
struct Door(Arc<(Mutex<Library>, Condvar)>);

impl Door {
    /// What the answer gets as `read`: goes in, and out again once the door is open.
    fn read(&self, path: PathBuf) -> io::Result<String> {
        let (library, changed) = &*self.0;
        let mut inside = library.lock().unwrap();
        inside.inside += 1;
        inside.peak = inside.peak.max(inside.inside);
        changed.notify_all();
        // Only readers that hold up the loop wait in vain.
        let (mut inside, in_vain) = patience::wait_while(changed, inside, |library| !library.open);
        if in_vain {
            inside.gave_up = true;
            inside.open = true;
            changed.notify_all();
        }
        inside.inside -= 1;
        match path.to_str() {
            Some("lost.txt") => Err(io::Error::new(io::ErrorKind::NotFound, "lost.txt is gone")),
            path => Ok(format!("text of {}", path.unwrap())),
        }
    }

    /// Opens when `expected` readers are inside. The loop has had its turns by then: whoever wanted in, is on the way.
    fn open_for(&self, expected: usize) {
        let (library, changed) = &*self.0;
        let inside = library.lock().unwrap();
        let (mut inside, _) = patience::wait_while(changed, inside, |library| {
            library.inside < expected && !library.open
        });
        inside.open = true;
        drop(inside);
        changed.notify_all();
    }

    fn look(&self) -> (usize, bool) {
        let library = self.0.0.lock().unwrap();
        (library.peak, library.gave_up)
    }
}

/// Runs an answer on a runtime whose blocking threads are one more than may read, and watches the door.
fn run(paths: &[&str], at_once: usize) -> (Vec<io::Result<String>>, Door) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(at_once + 1)
        .build()
        .unwrap();
    let door = Door::default();
    let (reader, doorkeeper) = (door.clone(), door.clone());
    let expected = at_once.min(paths.len());
    let paths: Vec<_> = paths.iter().map(PathBuf::from).collect();
    let results = runtime.block_on(async move {
        let opening = async {
            // Time for every task to hand over what it wants to hand over. The doorkeeper queues behind
            // all of that, and finds a thread only if the readers leave one free.
            for _ in 0..100 {
                yield_now().await;
            }
            tokio::task::spawn_blocking(move || doorkeeper.open_for(expected)).await.unwrap();
        };
        tokio::join!(read_many(paths, at_once, move |path| reader.read(path)), opening).0
    });
    (results, door)
}

const PATHS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

#[test]
fn the_loop_goes_on_while_files_are_read() {
    let (_, door) = run(&["a"], 1);
    assert!(
        !door.look().1,
        "a reader waited for another task on the loop's thread, and none had a turn"
    );
}

#[test]
fn no_more_read_at_a_time_than_allowed_and_no_fewer() {
    for at_once in [1, 2, 4] {
        let (results, door) = run(&PATHS, at_once);
        assert_eq!(results.len(), 8);
        assert_eq!(door.look().0, at_once, "readers at a time, with at_once = {at_once}");
    }
}

#[test]
fn texts_and_errors_come_in_the_order_of_the_paths() {
    let (results, _) = run(&["a", "lost.txt", "b", "a"], 2);
    let results: Vec<_> =
        results.into_iter().map(|text| text.map_err(|error| error.kind())).collect();
    let text = |path: &str| Ok(format!("text of {path}"));
    assert_eq!(results, [text("a"), Err(io::ErrorKind::NotFound), text("b"), text("a")]);
}

#[test]
fn no_paths_no_texts() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let results = runtime.block_on(read_many(Vec::new(), 3, |_| Ok(String::new())));
    assert!(results.is_empty());
}
