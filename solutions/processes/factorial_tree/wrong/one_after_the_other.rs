//! Believes: the order of the multiplications does not matter, the library is fast either way.
//! Rejected by: the_multiplications_form_a_tree

use std::ops::Mul;

pub fn factorial_tree<T>(n: u64) -> T
where
    T: From<u64> + Mul<Output = T>,
{
    (2..=n).fold(T::from(1), |product, factor| product * T::from(factor))
}
