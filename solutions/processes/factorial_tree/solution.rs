//! n! as a product tree: halves of equal length, down to single numbers.

use std::ops::Mul;

/// n! as a product tree. `T::from(7)` makes a number, `a * b` multiplies two.
pub fn factorial_tree<T>(n: u64) -> T
where
    T: From<u64> + Mul<Output = T>,
{
    // 0! is the empty product; starting at 1 for it too keeps every range below non-empty.
    product(1, n.max(1))
}

/// first · (first + 1) · … · last.
fn product<T>(first: u64, last: u64) -> T
where
    T: From<u64> + Mul<Output = T>,
{
    if first == last {
        return T::from(first);
    }
    let middle = first.midpoint(last);
    product::<T>(first, middle) * product::<T>(middle + 1, last)
}
