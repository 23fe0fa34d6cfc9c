//! Chapter 5, pitfalls: what goes wrong when cooks share a kitchen, made to go wrong every time.
//!
//! - [`crew`] lets a few cooks work at once.
//! - [`orders`] counts all orders in which the steps of a few cooks can mix, and how many go wrong.

pub mod crew;
pub mod orders;
