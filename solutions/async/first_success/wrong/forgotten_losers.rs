//! Believes: attempts that are no longer polled are as good as gone. (They keep their connections.)
//! Rejected by: the_losers_are_dropped_before_it_returns

use std::mem::forget;

use futures::stream::{FuturesUnordered, StreamExt};

pub async fn first_success<T, E, A>(attempts: Vec<A>) -> Result<T, Vec<E>>
where
    A: Future<Output = Result<T, E>>,
{
    let mut running: FuturesUnordered<_> = attempts
        .into_iter()
        .enumerate()
        .map(async |(place, attempt)| (place, attempt.await))
        .collect();
    let mut errors = Vec::new();
    while let Some((place, result)) = running.next().await {
        match result {
            Ok(value) => {
                forget(running);
                return Ok(value);
            }
            Err(error) => errors.push((place, error)),
        }
    }
    errors.sort_by_key(|(place, _)| *place);
    Err(errors.into_iter().map(|(_, error)| error).collect())
}
