//! Return the number of times to stir: 3.

pub fn stir() -> u32 {
    todo!()
}
