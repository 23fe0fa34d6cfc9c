//! Believes: the first attempt that finishes is the first that succeeds.
//! Rejected by: a_quick_failure_does_not_win

use futures::stream::{FuturesUnordered, StreamExt};

pub async fn first_success<T, E, A>(attempts: Vec<A>) -> Result<T, Vec<E>>
where
    A: Future<Output = Result<T, E>>,
{
    let mut running: FuturesUnordered<_> = attempts.into_iter().collect();
    match running.next().await {
        Some(result) => result.map_err(|error| vec![error]),
        None => Err(Vec::new()),
    }
}
