//! Believes: an overflow shows, because the wrapped product is smaller than the one before.
//! Rejected by: from_twenty_one_on_64_bits_overflow

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

pub fn factorial_u64(n: u64) -> Result<u64, Overflow> {
    let mut product = 1u64;
    for factor in 1..=n {
        let next = product.wrapping_mul(factor);
        if next < product {
            return Err(Overflow);
        }
        product = next;
    }
    Ok(product)
}

pub fn factorial_u128(n: u64) -> Result<u128, Overflow> {
    let mut product = 1u128;
    for factor in 1..=u128::from(n) {
        let next = product.wrapping_mul(factor);
        if next < product {
            return Err(Overflow);
        }
        product = next;
    }
    Ok(product)
}
