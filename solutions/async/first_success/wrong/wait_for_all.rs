//! Believes: all answers have to be in before the best can be chosen.
//! Rejected by: the_first_good_answer_wins_at_the_moment_it_comes

use futures::future::join_all;

pub async fn first_success<T, E, A>(attempts: Vec<A>) -> Result<T, Vec<E>>
where
    A: Future<Output = Result<T, E>>,
{
    let mut errors = Vec::new();
    for result in join_all(attempts).await {
        match result {
            Ok(value) => return Ok(value),
            Err(error) => errors.push(error),
        }
    }
    Err(errors)
}
