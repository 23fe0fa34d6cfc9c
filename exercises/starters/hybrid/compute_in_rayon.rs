//! The price desk is one async cook. A customer wants a valuation that takes 200 ms of thinking; done
//! at the desk, nobody else is served meanwhile. So the thinking goes to rayon's cooks, and a oneshot
//! channel brings the answer back.
//!
//! Run `work` on a rayon thread and await its value without blocking the thread that awaits. A panic in
//! `work` becomes `Err` with its message (a `&str` or a `String`; "no message" for anything else). A
//! caller may lose patience and drop the future: that must harm nobody.

use tokio::sync::oneshot;

/// The value of `work`, computed on a rayon thread, or the message it panicked with.
pub async fn compute_in_rayon<T, F>(work: F) -> Result<T, String>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    todo!()
}
