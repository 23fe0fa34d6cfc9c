//! Owning the futures is enough: leaving the function drops the set, and with it every attempt still running.

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
            Ok(value) => return Ok(value),
            Err(error) => errors.push((place, error)),
        }
    }
    errors.sort_by_key(|(place, _)| *place);
    Err(errors.into_iter().map(|(_, error)| error).collect())
}
