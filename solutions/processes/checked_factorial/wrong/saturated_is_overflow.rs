//! Believes: a saturated register is easy to tell at the end, so the loop need not stop early.
//! Rejected by: spins

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

pub fn factorial_u64(n: u64) -> Result<u64, Overflow> {
    let product = (1..=n).fold(1u64, u64::saturating_mul);
    if product == u64::MAX { Err(Overflow) } else { Ok(product) }
}

pub fn factorial_u128(n: u64) -> Result<u128, Overflow> {
    let product = (1..=u128::from(n)).fold(1u128, u128::saturating_mul);
    if product == u128::MAX { Err(Overflow) } else { Ok(product) }
}
