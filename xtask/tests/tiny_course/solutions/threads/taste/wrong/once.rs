//! Believes: once is enough.
//! Rejected by: three_times_it_is

pub fn taste() -> u32 {
    1
}
