//! The shelf between cooks and waiters has room for a few plates, and no more.
//!
//! Cooks put plates on it, waiters take them off, the oldest first. A cook who finds the shelf full
//! sleeps until there is room; a waiter who finds it empty sleeps until there is a plate. Any number
//! of both may come at the same time. Nobody may sleep on when there is something for them to do.

/// A shelf with room for a fixed number of plates.
pub struct Shelf {
    // Your fields.
}

impl Shelf {
    /// An empty shelf with room for so many plates; at least one.
    pub fn new(room: usize) -> Self {
        todo!()
    }

    /// Puts a plate on the shelf; sleeps first while there is no room.
    pub fn put(&self, plate: u32) {
        todo!()
    }

    /// Takes the oldest plate; sleeps first while there is none.
    pub fn take(&self) -> u32 {
        todo!()
    }
}
