//! Where in the source something happened.

use std::collections::BTreeSet;
use std::fmt;
use std::panic::Location;
use std::sync::{Mutex, PoisonError};

/// What the file names of the standard library have in them, wherever it lies.
const STANDARD_LIBRARY: [&str; 3] =
    ["/library/core/src/", "/library/alloc/src/", "/library/std/src/"];

/// A line of the program under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as the compiler names it: from the root of the workspace.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1. For a method call it is where the method's name begins.
    pub column: u32,
}

impl Place {
    /// The caller of the `#[track_caller]` function that asks.
    #[track_caller]
    pub(crate) fn caller() -> Self {
        let location = Location::caller();
        Place { file: location.file(), line: location.line(), column: location.column() }
    }

    /// This place, unless it lies in the standard library, where nobody looks for their mistake.
    pub(crate) fn or_if_of_the_library(self, other: Self) -> Self {
        let is_of_the_library = STANDARD_LIBRARY.iter().any(|part| self.file.contains(part));
        if is_of_the_library { other } else { self }
    }

    /// The place of a panic, whose file name the panic only lends us.
    pub(crate) fn of_panic(location: &Location<'_>) -> Self {
        Place { file: keep(location.file()), line: location.line(), column: location.column() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Keeps one copy of each file name for the rest of the process: there are only as many as files.
pub(crate) fn keep(file: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(file) {
        return known;
    }
    let fresh: &'static str = Box::leak(file.to_owned().into_boxed_str());
    kept.insert(fresh);
    fresh
}
