//! Random programs, and the comparison of two searches through them.

pub(crate) mod chance;
pub(crate) mod compare;
pub(crate) mod program;
