//! The values that fit an atomic.

use std::fmt;

/// A value that fits an atomic, as the engine stores it.
pub(crate) trait Word: Copy + PartialEq + fmt::Debug {
    fn to_word(self) -> u64;
    fn from_word(word: u64) -> Self;
}

macro_rules! word {
    ($($int:ty)*) => {$(
        #[allow(clippy::cast_lossless, clippy::cast_possible_truncation, reason = "one macro serves all widths")]
        impl Word for $int {
            fn to_word(self) -> u64 { self as u64 }
            fn from_word(word: u64) -> Self { word as Self }
        }
    )*};
}
word!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

impl Word for bool {
    fn to_word(self) -> u64 {
        u64::from(self)
    }
    fn from_word(word: u64) -> Self {
        word != 0
    }
}

impl<T> Word for *mut T {
    fn to_word(self) -> u64 {
        self.expose_provenance() as u64
    }
    fn from_word(word: u64) -> Self {
        std::ptr::with_exposed_provenance_mut(usize::try_from(word).expect("it was a usize"))
    }
}
