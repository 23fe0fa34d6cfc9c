//! Chapter 3, async: one cook who never stands waiting.
//!
//! The lessons are the programs in `examples/`, each with a Python twin in `python/`. They begin with the future as a
//! recipe that does nothing until it is polled, and go on with many awaits at once, on tokio. What they need besides
//! is here:
//!
//! - [`clock`]: minutes that pass only when somebody waits
//! - [`next_poll`]: the smallest future written by hand
//! - [`page`]: one page from the web
//!
//! The library is named `coroutines`, since `async` is a keyword.

pub mod clock;
pub mod next_poll;
pub mod page;
