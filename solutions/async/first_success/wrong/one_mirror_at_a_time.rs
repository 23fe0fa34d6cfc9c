//! Believes: the next mirror is asked when the one before has failed.
//! Rejected by: the_first_good_answer_wins_at_the_moment_it_comes

pub async fn first_success<T, E, A>(attempts: Vec<A>) -> Result<T, Vec<E>>
where
    A: Future<Output = Result<T, E>>,
{
    let mut errors = Vec::new();
    for attempt in attempts {
        match attempt.await {
            Ok(value) => return Ok(value),
            Err(error) => errors.push(error),
        }
    }
    Err(errors)
}
