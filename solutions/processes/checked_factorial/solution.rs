//! Factorials that say when they do not fit: `checked_mul` at every step, and out at the first `None`.

/// The factorial does not fit in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// n! in 64 bits.
pub fn factorial_u64(n: u64) -> Result<u64, Overflow> {
    (1..=n).try_fold(1, u64::checked_mul).ok_or(Overflow)
}

/// n! in 128 bits.
pub fn factorial_u128(n: u64) -> Result<u128, Overflow> {
    (1..=u128::from(n)).try_fold(1, u128::checked_mul).ok_or(Overflow)
}
