//! The evening begins when everything is prepared: somebody waits at the door until all cooks have said so.
//!
//! A latch is made with a number. Each `count_down` lowers it by one and never waits; at zero the door
//! is open, and it stays open, for everybody who waits and for everybody who comes later. Whatever the
//! cooks did before they counted is seen by whoever has come through the door.

/// A door that opens, once and for all, when it has been counted down to zero.
pub struct Latch {
    // Your fields.
}

impl Latch {
    /// A latch to be counted down so many times; with 0 the door is open from the start.
    pub fn new(count: usize) -> Self {
        todo!()
    }

    /// One less to wait for. Once the door is open, this changes nothing.
    pub fn count_down(&self) {
        todo!()
    }

    /// Sleeps until the door is open.
    pub fn wait(&self) {
        todo!()
    }
}
