//! Believes: once is enough.
//! Rejected by: three_times_it_is

pub fn stir() -> u32 {
    1
}
