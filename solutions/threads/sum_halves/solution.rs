//! Two scoped threads borrow the bills; each is joined, and its panic, if any, is passed on.

use std::panic::resume_unwind;
use std::thread;

pub fn sum_halves<C>(bills: &[u64], count: C) -> u64
where
    C: Fn(&[u64]) -> u64 + Sync,
{
    let (first, second) = bills.split_at(bills.len() / 2);
    thread::scope(|scope| {
        // Both are started before either is joined.
        let halves = [first, second].map(|half| scope.spawn(|| count(half)));
        halves
            .into_iter()
            .map(|half| half.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .sum()
    })
}
