//! Chapter 1, threads: what its lessons build and others may use.
//!
//! | Module | Its one job |
//! |---|---|
//! | [`pool`] | a fixed number of cooks for any number of orders; results in order, panics contained |
//! | [`simple_pool`] | the pool of many a textbook, whose workers die of a panic |
//! | [`crowd`] | semaphore, barrier, event, once and timer, each from a lock and a place to sleep |
//! | [`matrix`] | one product of two matrices, three ways to compute it |
//! | [`dish`] | who cooked what, also in another process |
//! | `page` | what comes of asking for a page, and why it may not come (feature `http`) |
//! | [`panics`] | panics that are expected, told in a line |
//! | [`primes`] | work for a processor, with an answer that can be checked |
//! | [`stdout`] | lines for a reader who may leave early |

pub mod crowd;
pub mod dish;
pub mod matrix;
#[cfg(feature = "http")]
pub mod page;
pub mod panics;
pub mod pool;
pub mod primes;
pub mod simple_pool;
pub mod stdout;

pub use pool::{Panic, Pending, Pool};
