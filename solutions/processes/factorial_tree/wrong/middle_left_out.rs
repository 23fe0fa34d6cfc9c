//! Believes: ranges are half-open everywhere, so n itself needs no mention.
//! Rejected by: every_small_factorial_is_right

use std::ops::Mul;

pub fn factorial_tree<T>(n: u64) -> T
where
    T: From<u64> + Mul<Output = T>,
{
    product(1, n.max(2))
}

fn product<T>(first: u64, end: u64) -> T
where
    T: From<u64> + Mul<Output = T>,
{
    if end - first == 1 {
        return T::from(first);
    }
    let middle = first.midpoint(end);
    product::<T>(first, middle) * product::<T>(middle, end)
}
