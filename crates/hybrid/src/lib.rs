//! Chapter 4, hybrid: the models together.
//!
//! - [`blocking`]: work that keeps its thread
//! - [`compute`]: CPU work from an async program, on rayon
//! - [`crowd`]: how many blocking jobs run at a time
//! - [`heart`]: how long the loop stood still
//! - [`worker_queue`]: CPU work from an async program, in a worker process

pub mod blocking;
pub mod compute;
pub mod crowd;
pub mod heart;
pub mod worker_queue;
