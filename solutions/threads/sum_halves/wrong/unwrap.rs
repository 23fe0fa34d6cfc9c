//! Believes: `join().unwrap()` passes on the panic of a thread.
//! Rejected by: a_panic_arrives_with_its_own_value

use std::thread;

pub fn sum_halves<C>(bills: &[u64], count: C) -> u64
where
    C: Fn(&[u64]) -> u64 + Sync,
{
    let (first, second) = bills.split_at(bills.len() / 2);
    thread::scope(|scope| {
        // Both are started before either is joined.
        let halves = [first, second].map(|half| scope.spawn(|| count(half)));
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    })
}
