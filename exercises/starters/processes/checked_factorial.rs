//! The till of the kitchen has registers of 64 and of 128 bits. A number that does not fit must be
//! reported as `Overflow`; a till that wraps around to a small number is worse than none.
//!
//! Compute n! in each register: `Ok` while it fits, `Err(Overflow)` from the first n that does not, and
//! at once for any n up to `u64::MAX`. 0! is 1.

/// The factorial does not fit in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// n! in 64 bits.
pub fn factorial_u64(n: u64) -> Result<u64, Overflow> {
    todo!()
}

/// n! in 128 bits.
pub fn factorial_u128(n: u64) -> Result<u128, Overflow> {
    todo!()
}
