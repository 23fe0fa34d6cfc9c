//! Believes: f64 is large enough to compute in, and one comparison at the end finds the overflow.
//! Rejected by: everything_up_to_thirty_four_fits_in_128_bits

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

fn factorial(n: u64) -> f64 {
    // From 171! on it is infinite anyway.
    (1..=n.min(171)).map(|factor| factor as f64).product()
}

pub fn factorial_u64(n: u64) -> Result<u64, Overflow> {
    let product = factorial(n);
    if product > u64::MAX as f64 { Err(Overflow) } else { Ok(product as u64) }
}

pub fn factorial_u128(n: u64) -> Result<u128, Overflow> {
    let product = factorial(n);
    if product > u128::MAX as f64 { Err(Overflow) } else { Ok(product as u128) }
}
