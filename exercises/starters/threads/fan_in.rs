//! Many cooks, one waiter: the waiter carries every plate as it comes, and goes home when the last cook has.
//!
//! A cook is an iterator: `next` cooks a plate, and `None` says that this cook has no more. Let all cooks cook at
//! the same time, each in a thread of its own, and give every plate to `serve` as soon as it is there, while the
//! cooks go on. `serve` belongs to the waiter and stays on the calling thread. Return how many plates there were.
//!
//! Nobody tells you how many plates to expect, and there may be no cook at all.

pub fn fan_in<C>(cooks: Vec<C>, serve: impl FnMut(u32)) -> usize
where
    C: Iterator<Item = u32> + Send + 'static,
{
    todo!("one channel: a sender for each cook, the receiver for the waiter")
}
