//! The stock is cooked once a day: by whoever needs it first, while the others stand at the stove and look.
//!
//! `get_or_cook` returns the stock of the day. The first caller cooks it; who comes meanwhile waits, by
//! looking again and again; who comes later takes what is there, at once. However many come together, it is
//! cooked once, all get the same, and all see everything that the cook has done for it. Any number may be a
//! stock, 0 too. Cooking never panics.
//!
//! It is the standard library's `OnceLock`, without sleeping and for a number, so that it needs no `unsafe`.
//! Build it of atomics (`std::sync::atomic`).

/// The pot of the day.
pub struct Pot {
    // What has happened to it so far, and what is in it.
}

impl Pot {
    /// An empty pot.
    pub fn new() -> Self {
        todo!()
    }

    /// The stock, cooked by `cook` if nobody has begun to.
    pub fn get_or_cook(&self, cook: impl FnOnce() -> u32) -> u32 {
        todo!()
    }

    /// The stock if it is ready. Does not wait.
    pub fn get(&self) -> Option<u32> {
        todo!()
    }
}
