//! Chapter 4, hybrid: the models together.
//!
//! - [`compute`]: CPU work from an async program, on rayon
//! - [`worker_queue`]: CPU work from an async program, in a worker process

pub mod compute;
pub mod worker_queue;
