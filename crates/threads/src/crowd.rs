//! Five ways to make a crowd of threads wait for the right thing, each a `Mutex`, and mostly a `Condvar`.
//!
//! They are here to be read. In a program of your own take what is there already: `tokio::sync::Semaphore`,
//! [`std::sync::Barrier`], [`std::sync::OnceLock`] and [`std::sync::LazyLock`], and a channel's
//! [`recv_timeout`](std::sync::mpsc::Receiver::recv_timeout).

mod barrier;
mod event;
mod once;
mod semaphore;
mod timer;

pub use barrier::Barrier;
pub use event::Event;
pub use once::Once;
pub use semaphore::{Permit, Semaphore};
pub use timer::Timer;
