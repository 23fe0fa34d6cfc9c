//! Chapter 4, hybrid: the models together.
//!
//! - [`compute`]: CPU work from an async program, on rayon
//! - [`heart`]: how long the loop stood still
//! - [`room`]: how many threads are in there at the same time
//! - [`worker_queue`]: CPU work from an async program, in a worker process

pub mod compute;
pub mod heart;
pub mod room;
pub mod worker_queue;
