//! One waiter, two counters: hot and cold. Plates are carried from whichever has one, until the bell rings.
//!
//! Give every plate to `serve` as soon as it is there, whichever counter it is on. When both have plates, neither may
//! wait for ever. Then there are two ways to end:
//!
//! - The bell: a message on `quit`, or that its sender is gone. Return `Ended::Quit`, and serve no plate more, though
//!   there may be some.
//! - Both counters are closed and empty: return `Ended::Closed`. When only one is, go on with the other.
//!
//! Wait without working: who has nothing to carry must be asleep, not look from one counter to the other.

use crossbeam_channel::Receiver;

#[derive(Debug, PartialEq)]
pub enum Ended {
    Quit,
    Closed,
}

pub fn select_two(
    hot: Receiver<u32>,
    cold: Receiver<u32>,
    quit: Receiver<()>,
    serve: impl FnMut(u32),
) -> Ended {
    todo!("`crossbeam_channel::select!`, and `never()` for a counter that is closed")
}
