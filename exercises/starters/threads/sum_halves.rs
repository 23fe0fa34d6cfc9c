//! At closing time the till is counted by two: each takes half of the bills, and somebody adds the two sums.
//!
//! `count` counts bills. Call it exactly twice, in two new threads that work at the same time: once for the first
//! half of `bills` and once for the second. If their number is odd, the second half has the bill in the middle; if
//! there are none, both halves are empty. Return the sum of both. If a count panics, panic with the very same value,
//! so that whoever catches it can read what happened; the first half's panic goes first.

pub fn sum_halves<C>(bills: &[u64], count: C) -> u64
where
    C: Fn(&[u64]) -> u64 + Sync,
{
    todo!("two threads, two halves")
}
