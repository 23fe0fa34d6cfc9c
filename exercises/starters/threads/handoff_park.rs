//! One cook, one waiter, and a hatch between them that holds a single plate. There is no bell: the two
//! wake each other by name.
//!
//! The cook gives, the waiter takes. Who cannot go on yet parks (`thread::park`) until the other one
//! unparks them (`thread::current()` is the handle to leave, `unpark` is its method). A park may also end
//! for no reason at all, or because of an unpark meant for something else. Plates arrive in the order in
//! which they were given, and none is lost.

/// A hatch between one cook and one waiter, with room for one plate.
pub struct Hatch {
    // Your fields.
}

impl Hatch {
    /// An empty hatch.
    pub fn new() -> Self {
        todo!()
    }

    /// Puts a plate into the hatch; parks first while there is still one in it.
    pub fn give(&self, plate: u32) {
        todo!()
    }

    /// Takes the plate; parks first while there is none.
    pub fn take(&self) -> u32 {
        todo!()
    }
}
