//! Random programs, and the comparison of two searches through them.

pub mod chance;
pub mod compare;
pub mod program;
