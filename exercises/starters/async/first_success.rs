//! Several mirrors have the same file, and the first good answer is enough.
//!
//! All attempts run at the same time. Return the first `Ok`, at the moment it comes, and let go of the attempts that
//! are still running: when the function returns they have been dropped. When all fail, return all errors in the
//! order of `attempts`, whenever each came. No attempts: `Err` with no errors.

pub async fn first_success<T, E, A>(attempts: Vec<A>) -> Result<T, Vec<E>>
where
    A: Future<Output = Result<T, E>>,
{
    todo!("race the attempts")
}
