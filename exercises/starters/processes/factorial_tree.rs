//! The kitchen counts its menus: n dishes can be served in n! orders, and n has five digits by now.
//!
//! Multiplying one number after the other always meets one long factor with one short one, and no fast
//! method of multiplication helps with that. Multiply in a tree instead: split 1..=n into two halves,
//! multiply each half the same way, then multiply the two results, which are about equally long.
//!
//! 0! and 1! are 1. `T` is `BigUint` at work; here it also counts how deep your multiplications go:
//! for n numbers about log2(n) deep, not n.

use std::ops::Mul;

/// n! as a product tree. `T::from(7)` makes a number, `a * b` multiplies two.
pub fn factorial_tree<T>(n: u64) -> T
where
    T: From<u64> + Mul<Output = T>,
{
    todo!()
}
