//! Believes: starting a thread and joining it at once is the way to use two.
//! Rejected by: both_halves_are_counted_at_the_same_time

use std::panic::resume_unwind;
use std::thread;

pub fn sum_halves<C>(bills: &[u64], count: C) -> u64
where
    C: Fn(&[u64]) -> u64 + Sync,
{
    let (first, second) = bills.split_at(bills.len() / 2);
    thread::scope(|scope| {
        let count = &count;
        let counted = |half| {
            scope.spawn(move || count(half)).join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        counted(first) + counted(second)
    })
}
