//! Believes: the thread that is here anyway may count one of the halves.
//! Rejected by: both_threads_are_new

use std::panic::resume_unwind;
use std::thread;

pub fn sum_halves<C>(bills: &[u64], count: C) -> u64
where
    C: Fn(&[u64]) -> u64 + Sync,
{
    let (first, second) = bills.split_at(bills.len() / 2);
    thread::scope(|scope| {
        let first = scope.spawn(|| count(first));
        let second = count(second);
        first.join().unwrap_or_else(|panic| resume_unwind(panic)) + second
    })
}
