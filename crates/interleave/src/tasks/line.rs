//! Finds the line of an await: nothing but the stack knows it.

use std::backtrace::Backtrace;
use std::env;

use crate::place::{Place, keep};

/// What the file names of libraries have in them. An await of interest is the program's own.
const LIBRARIES: [&str; 2] = ["/rustc/", "/.cargo/registry/"];

/// The engine's own files.
const OURS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");

/// The innermost line on the stack that belongs to the program under test.
///
/// While a future is polled, the stack is the chain of awaits, the innermost first. Reading it takes
/// milliseconds, so this is only for a run that somebody will look at.
pub(super) fn of_the_await() -> Option<Place> {
    find(&Backtrace::force_capture().to_string())
}

/// The first line of a stack that is neither ours nor a library's. A stack names a function, and in the
/// next line, if it is known, the place.
fn find(stack: &str) -> Option<Place> {
    let mut is_ours = false;
    for line in stack.lines().map(str::trim_start) {
        match line.strip_prefix("at ") {
            Some(text) if !is_ours => {
                if let Some(place) = place(text) {
                    return Some(place);
                }
            }
            Some(_) => {}
            None => {
                let (_, function) = line.split_once(": ").unwrap_or_default();
                is_ours = function.trim_start_matches('<').starts_with("interleave::");
            }
        }
    }
    None
}

/// `file:line:column`, as backtraces write it.
fn place(text: &str) -> Option<Place> {
    let mut parts = text.rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let file = parts.next()?.replace('\\', "/");
    if LIBRARIES.iter().any(|library| file.contains(library)) || is_ours(&file) {
        return None;
    }
    Some(Place { file: keep(file.trim_start_matches("./")), line, column })
}

/// Where the engine was optimised, its functions are in each other, and a stack names them without their
/// crate. Files below the current folder are written as `./file`.
fn is_ours(file: &str) -> bool {
    let ours = OURS.replace('\\', "/");
    let here = env::current_dir().unwrap_or_default().display().to_string().replace('\\', "/");
    match file.strip_prefix("./") {
        Some(below) => std::format!("{here}/{below}").starts_with(&ours),
        None => file.starts_with(&ours),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_is_the_programs_own_is_found() {
        let stack = "   0: interleave::tasks::waker::clone
             at ./src/tasks/waker.rs:96:5
   1: tokio::sync::mutex::lock
   2: core::future::poll_fn
             at /rustc/0123/library/core/src/future/poll_fn.rs:151:9
   3: kitchen::sell::{{closure}}
             at ./tests/kitchen.rs:28:17
   4: kitchen::serve
             at ./tests/kitchen.rs:99:1";
        assert_eq!(
            find(stack).map(|place| (place.file, place.line)),
            Some(("tests/kitchen.rs", 28))
        );
        assert_eq!(find(""), None);
    }

    #[test]
    fn an_optimised_engine_is_known_by_its_files() {
        // A test of this package runs in its folder.
        let stack = std::format!(
            "   0: of_the_await
             at ./src/tasks/line.rs:15:13
   1: notice
             at {OURS}tasks/waker.rs:46:34
   2: {{async_fn#0}}
             at ./tests/kitchen.rs:27:17"
        );
        assert_eq!(find(&stack).map(|place| place.line), Some(27));
    }

    #[test]
    fn a_line_of_the_program_is_told_from_a_librarys() {
        let own = place("./tests/till.rs:12:34").unwrap();
        assert_eq!((own.file, own.line, own.column), ("tests/till.rs", 12, 34));
        assert_eq!(place(r"C:\course\till.rs:1:2").unwrap().file, "C:/course/till.rs");
        assert!(place("/c/.cargo/registry/src/tokio/src/sync/mutex.rs:1:2").is_none());
        assert!(place("unknown").is_none());
    }
}
