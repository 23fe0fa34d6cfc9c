//! Chapter 3, async: one cook who never stands waiting.
//!
//! The lessons are the programs in `examples/`, each with a Python twin in `python/`. They begin with the future as a
//! recipe that does nothing until it is polled, build the loop that polls, and hand the work to tokio; then many
//! awaits at once, time and cancelling, streams and channels, and last two programs of some size, a crawler and a
//! chat server. What they need besides is here:
//!
//! - [`clock`]: minutes that pass only when somebody waits
//! - [`next_poll`]: the smallest future written by hand
//! - [`page`]: one page from the web
//!
//! The library is named `coroutines`, since `async` is a keyword.

pub mod clock;
pub mod next_poll;
pub mod page;
