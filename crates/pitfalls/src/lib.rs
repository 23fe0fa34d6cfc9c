//! Chapter 5, pitfalls: what goes wrong when cooks share a kitchen, made to go wrong every time.
//!
//! - [`orders`] counts all orders in which the steps of a few cooks can mix, and how many go wrong.
//! - [`dawdle`] holds cooks up, by a seed, where a test hopes that it will hurt.

pub mod dawdle;
pub mod orders;
