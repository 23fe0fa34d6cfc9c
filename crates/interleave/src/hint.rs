//! Stand-in for [`std::hint`]: a thread that spins says so.

pub use std::hint::{assert_unchecked, black_box, unreachable_unchecked};

/// Tells the processor, and the search, that the thread is looking in a loop.
#[track_caller]
pub fn spin_loop() {
    crate::thread::give_way(std::hint::spin_loop);
}
