//! Believes: eight neighbours always fit in a machine word, so leaves may be multiplied there.
//! Rejected by: a_thousand_factorial_is_right

use std::ops::Mul;

pub fn factorial_tree<T>(n: u64) -> T
where
    T: From<u64> + Mul<Output = T>,
{
    product(1, n.max(1))
}

fn product<T>(first: u64, last: u64) -> T
where
    T: From<u64> + Mul<Output = T>,
{
    if last - first < 8 {
        return T::from((first..=last).fold(1, u64::wrapping_mul));
    }
    let middle = first.midpoint(last);
    product::<T>(first, middle) * product::<T>(middle + 1, last)
}
