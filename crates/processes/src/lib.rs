//! Chapter 2, processes: separate kitchens, and the pipes between them.
//!
//! - [`frame`]: messages over a byte stream
//! - [`job`]: what both ends of a pipe agree on
//! - [`serve`]: the worker's side
//! - [`worker`]: the parent's side, one process
//! - [`pool`]: many workers, one ordered `map`
//! - [`factorial`]: the work of this chapter; [`checked`]: the same in machine integers
//! - [`order`]: what is asked of a worker; [`digits`]: how the answer is shown

mod board;
pub mod checked;
pub mod digits;
pub mod factorial;
pub mod frame;
pub mod job;
pub mod order;
pub mod pool;
pub mod serve;
pub mod worker;
