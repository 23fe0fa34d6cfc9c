//! Believes: errors come in the order of the attempts, so there is nothing to sort.
//! Rejected by: when_all_fail_the_errors_keep_the_order_of_the_attempts

use futures::stream::{FuturesUnordered, StreamExt};

pub async fn first_success<T, E, A>(attempts: Vec<A>) -> Result<T, Vec<E>>
where
    A: Future<Output = Result<T, E>>,
{
    let mut running: FuturesUnordered<_> = attempts.into_iter().collect();
    let mut errors = Vec::new();
    while let Some(result) = running.next().await {
        match result {
            Ok(value) => return Ok(value),
            Err(error) => errors.push(error),
        }
    }
    Err(errors)
}
