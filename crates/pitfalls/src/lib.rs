//! Chapter 5, pitfalls: what goes wrong when cooks share a kitchen, made to go wrong every time.
//!
//! - [`crew`] lets a few cooks work at once.
//! - [`dawdle`] holds cooks up, by a seed, where a test hopes that it will hurt.
//! - [`lock_twice`] takes one lock twice, in ways that hang and in ways that do not.
//! - [`orders`] counts all orders in which the steps of a few cooks can mix, and how many go wrong.
//! - [`polite`] lets two cooks put back for each other's sake, for ever.
//! - [`table`] has cooks who need two tools each, and ways of taking them.
//! - [`watched`] starts the program again as a child that may stand still for ever.

pub mod crew;
pub mod dawdle;
pub mod lock_twice;
pub mod orders;
pub mod polite;
pub mod table;
pub mod watched;
