//! Orders come in one after the other, the rail has room for a few slips, and several cooks take from it.
//!
//! - Take the orders from the iterator on the calling thread, and hang them on a rail with room for `room` slips
//!   (0 is possible: then a slip goes from hand to hand). When the rail is full, wait with the slip in your hand: the
//!   next order is taken only when this one hangs there.
//! - `cooks` threads (at least 1) take the slips. Who is free takes the next one and calls `cook` with it, and all
//!   of them can cook at the same time.
//! - Every order is cooked once. Return when all are.

pub fn work_queue<O>(
    orders: O,
    room: usize,
    cooks: usize,
    cook: impl Fn(u32) + Send + Sync + 'static,
) where
    O: Iterator<Item = u32>,
{
    todo!("one channel with a bound; its receiver is shared by the cooks")
}
