//! Chapter 1, threads: what its lessons build and others may use.
//!
//! | Module | Its one job |
//! |---|---|
//! | [`pool`] | a fixed number of cooks for any number of orders; results in order, panics contained |
//! | [`simple_pool`] | the pool of many a textbook, whose workers die of a panic |
//! | [`crowd`] | semaphore, barrier, event, once and timer, each from a lock and a place to sleep |
//! | [`matrix`] | one product of two matrices, three ways to compute it |
//! | [`litmus`] | little programs that tell memory orderings apart |
//! | `menu` | prices that many read and one rewrites, behind one of four locks (feature `menu`) |
//! | [`bell`] | waiters at a pass: who waits for the bell, and who for a plate |
//! | [`cores`] | how many processor cores a program may use, as a knob |
//! | [`dish`] | who cooked what, also in another process |
//! | `page` | what comes of asking for a page, and why it may not come (feature `http`) |
//! | [`panics`] | panics that are expected, told in a line |
//! | [`pass`] | one channel between cooks and waiter, its room limited or not |
//! | [`primes`] | work for a processor, with an answer that can be checked |
//! | `stocks` | pages of stocks, and what goes wrong with them on purpose (feature `http`) |
//! | [`timed`] | how long a piece of work took |
//! | [`stdout`] | lines for a reader who may leave early |
//!
//! A thread is joined once. Where Python shrugs at the second time, Rust does not compile:
//!
//! ```compile_fail,E0382
//! let handle = std::thread::spawn(|| "soup");
//! handle.join().unwrap();
//! handle.join().unwrap();
//! ```

pub mod bell;
pub mod cores;
pub mod crowd;
pub mod dish;
pub mod litmus;
pub mod matrix;
#[cfg(feature = "menu")]
pub mod menu;
#[cfg(feature = "http")]
pub mod page;
pub mod panics;
pub mod pass;
pub mod pool;
pub mod primes;
pub mod simple_pool;
pub mod stdout;
#[cfg(feature = "http")]
pub mod stocks;
pub mod timed;

pub use pool::{Panic, Pending, Pool};
