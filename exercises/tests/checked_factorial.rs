//! Judges `checked_factorial`: exact while it fits, `Overflow` from the first that does not.

#[path = "../processes/checked_factorial.rs"]
mod exercise;

use exercise::{Overflow, factorial_u64, factorial_u128};
use num_bigint::BigUint;

fn factorial(n: u64) -> BigUint {
    (1..=n).fold(BigUint::from(1u8), |product, factor| product * factor)
}

#[test]
fn everything_up_to_twenty_fits_in_64_bits() {
    for n in 0..=20 {
        let fits = factorial_u64(n).map(BigUint::from);
        assert_eq!(fits, Ok(factorial(n)), "{n}! fits in 64 bits");
    }
}

#[test]
fn from_twenty_one_on_64_bits_overflow() {
    for n in 21..200 {
        assert_eq!(factorial_u64(n), Err(Overflow), "{n}! does not fit in 64 bits");
    }
}

#[test]
fn everything_up_to_thirty_four_fits_in_128_bits() {
    for n in 0..=34 {
        let fits = factorial_u128(n).map(BigUint::from);
        assert_eq!(fits, Ok(factorial(n)), "{n}! fits in 128 bits");
    }
}

#[test]
fn from_thirty_five_on_128_bits_overflow() {
    for n in 35..200 {
        assert_eq!(factorial_u128(n), Err(Overflow), "{n}! does not fit in 128 bits");
    }
}

#[test]
fn overflow_is_reported_without_counting_to_the_end() {
    assert_eq!(factorial_u64(u64::MAX), Err(Overflow));
    assert_eq!(factorial_u128(u64::MAX), Err(Overflow));
}
