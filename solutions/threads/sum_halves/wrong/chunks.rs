//! Believes: `chunks(len / 2)` gives two halves.
//! Rejected by: the_bill_in_the_middle_goes_to_the_second_half

use std::panic::resume_unwind;
use std::thread;

pub fn sum_halves<C>(bills: &[u64], count: C) -> u64
where
    C: Fn(&[u64]) -> u64 + Sync,
{
    thread::scope(|scope| {
        // Both are started before either is joined.
        let count = &count;
        let halves: Vec<_> = bills
            .chunks((bills.len() / 2).max(1))
            .map(|half| scope.spawn(move || count(half)))
            .collect();
        halves
            .into_iter()
            .map(|half| half.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .sum()
    })
}
