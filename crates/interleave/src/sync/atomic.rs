//! The atomic types, with every ordering: a load may read any value the memory model allows.

mod inside;
mod variable;
mod word;

use std::fmt;
use std::panic::UnwindSafe;
use std::sync::atomic as real;
pub use std::sync::atomic::{Ordering, compiler_fence};

use crate::model::{Setting, setting};
use crate::op::{Access, Op, Touch};
use crate::place::Place;
use crate::scene::ORDER;
use crate::statics;
use crate::tag::Tag;
use inside::{Inside, text_of_word};
use variable::atomic;
use word::Word;

/// An atomic fence; see [`std::sync::atomic::fence`].
///
/// # Panics
/// If the ordering is `Relaxed`.
#[track_caller]
pub fn fence(ordering: Ordering) {
    assert!(ordering != Ordering::Relaxed, "there is no such thing as a relaxed fence");
    match setting() {
        // Other fences change only what their own thread knows.
        Setting::Inside(here) if ordering != Ordering::SeqCst => {
            here.quietly(|session| session.fence(ordering));
        }
        Setting::Inside(here) => {
            let op = Op::on(ORDER, Touch::Is(Access::Write));
            here.perform(Place::caller(), |_| op, |session| session.fence(ordering));
        }
        _ => real::fence(ordering),
    }
}

/// A hint that the thread is looking in a loop; deprecated in the standard library as well.
#[deprecated(note = "use hint::spin_loop instead")]
#[track_caller]
pub fn spin_loop_hint() {
    crate::hint::spin_loop();
}

/// Whether a load can have this ordering, or an exchange that fails.
#[track_caller]
fn assert_loads(order: Ordering) {
    assert!(
        !matches!(order, Ordering::Release | Ordering::AcqRel),
        "there is no such thing as a release load"
    );
}

/// The read-modify-write operations, each of them one step.
macro_rules! fetch {
    ($name:ident, $value:ty, $($(#[$about:meta])* $method:ident: $change:expr;)*) => {
        impl $name {$(
            $(#[$about])*
            #[inline]
            #[track_caller]
            pub fn $method(&self, value: $value, order: Ordering) -> $value {
                let change: fn($value, $value) -> $value = $change;
                self.inside(|inside| {
                    inside.update(stringify!($method), order, |old| change(old, value))
                })
                .unwrap_or_else(|| self.real.$method(value, order))
            }
        )*}
    };
}

macro_rules! integer {
    ($($name:ident $value:ident)*) => {$(
        atomic! {
            #[doc = std::concat!("An atomic `", stringify!($value), "`.")]
            $name, $value
        }
        fetch! { $name, $value,
            /// Adds, wrapping around, and returns the old value.
            fetch_add: <$value>::wrapping_add;
            /// Subtracts, wrapping around, and returns the old value.
            fetch_sub: <$value>::wrapping_sub;
            /// Takes the bitwise "and" and returns the old value.
            fetch_and: |old, value| old & value;
            /// Takes the negated bitwise "and" and returns the old value.
            fetch_nand: |old, value| !(old & value);
            /// Takes the bitwise "or" and returns the old value.
            fetch_or: |old, value| old | value;
            /// Takes the bitwise "exclusive or" and returns the old value.
            fetch_xor: |old, value| old ^ value;
            /// Keeps the larger of the two and returns the old value.
            fetch_max: Ord::max;
            /// Keeps the smaller of the two and returns the old value.
            fetch_min: Ord::min;
        }
        impl Default for $name {
            fn default() -> Self {
                $name::new(0)
            }
        }
    )*};
}

integer! {
    AtomicU8 u8 AtomicU16 u16 AtomicU32 u32 AtomicU64 u64 AtomicUsize usize
    AtomicI8 i8 AtomicI16 i16 AtomicI32 i32 AtomicI64 i64 AtomicIsize isize
}

atomic! {
    /// An atomic `bool`.
    AtomicBool, bool
}
fetch! { AtomicBool, bool,
    /// Takes the logical "and" and returns the old value.
    fetch_and: |old, value| old & value;
    /// Takes the negated logical "and" and returns the old value.
    fetch_nand: |old, value| !(old & value);
    /// Takes the logical "or" and returns the old value.
    fetch_or: |old, value| old | value;
    /// Takes the logical "exclusive or" and returns the old value.
    fetch_xor: |old, value| old ^ value;
}
impl AtomicBool {
    /// Turns the value round and returns the old one.
    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.fetch_xor(true, order)
    }
}
impl Default for AtomicBool {
    fn default() -> Self {
        AtomicBool::new(false)
    }
}

atomic! {
    /// An atomic pointer.
    AtomicPtr<T>, *mut T
}
impl<T> Default for AtomicPtr<T> {
    fn default() -> Self {
        AtomicPtr::new(std::ptr::null_mut())
    }
}
