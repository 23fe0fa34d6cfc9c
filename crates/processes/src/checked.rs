//! Factorials in machine integers, where overflow is real and close.
//!
//! Plain `*` panics on overflow in a dev build and wraps silently in a release build; `checked_mul`
//! says so in both.

use std::error::Error;
use std::fmt;

/// The factorial does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow {
    /// The number whose factorial was asked for.
    pub n: u64,
    /// The width of the integer it does not fit in, in bits.
    pub bits: u32,
}

impl fmt::Display for Overflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Overflow: {}! does not fit in {} bits", self.n, self.bits)
    }
}

impl Error for Overflow {}

/// n! in 64 bits: up to 20!.
///
/// # Errors
///
/// [`Overflow`] from 21! on.
pub fn factorial_u64(n: u64) -> Result<u64, Overflow> {
    (1..=n).try_fold(1u64, u64::checked_mul).ok_or(Overflow { n, bits: u64::BITS })
}

/// n! in 128 bits: up to 34!.
///
/// # Errors
///
/// [`Overflow`] from 35! on.
pub fn factorial_u128(n: u64) -> Result<u128, Overflow> {
    (1..=u128::from(n)).try_fold(1u128, u128::checked_mul).ok_or(Overflow { n, bits: u128::BITS })
}

/// Where "Overflow" is real: the last factorial in 64 bits and in 128, each with the one after it, line by line.
#[must_use]
pub fn edges() -> String {
    let line = |n, factorial: Result<u128, Overflow>| match factorial {
        Ok(number) => format!("{n}! = {number}\n"),
        Err(overflow) => format!("{overflow}\n"),
    };
    let narrow = [20, 21].map(|n| line(n, factorial_u64(n).map(u128::from)));
    let wide = [34, 35].map(|n| line(n, factorial_u128(n)));
    narrow.concat() + &wide.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_is_the_last_factorial_in_64_bits() {
        assert_eq!(factorial_u64(0), Ok(1));
        assert_eq!(factorial_u64(20), Ok(2_432_902_008_176_640_000));
        assert_eq!(factorial_u64(21), Err(Overflow { n: 21, bits: 64 }));
    }

    #[test]
    fn thirty_four_is_the_last_factorial_in_128_bits() {
        assert_eq!(factorial_u128(34), Ok(295_232_799_039_604_140_847_618_609_643_520_000_000));
        assert_eq!(factorial_u128(35), Err(Overflow { n: 35, bits: 128 }));
    }

    #[test]
    fn overflow_ends_the_work_at_once_however_large_n_is() {
        assert!(factorial_u64(u64::MAX).is_err());
    }

    #[test]
    fn an_edge_is_a_number_and_then_an_overflow() {
        let lines = edges();
        let overflows: Vec<_> = lines.lines().map(|line| line.starts_with("Overflow")).collect();
        assert_eq!(overflows, [false, true, false, true]);
    }
}
