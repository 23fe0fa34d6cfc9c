//! Chapter 1, threads: what its lessons build and others may use.
//!
//! | Module | Its one job |
//! |---|---|
//! | [`pool`] | a fixed number of cooks for any number of orders; results in order, panics contained |
//! | [`matrix`] | one product of two matrices, three ways to compute it |

pub mod matrix;
pub mod pool;

pub use pool::{Panic, Pending, Pool};
