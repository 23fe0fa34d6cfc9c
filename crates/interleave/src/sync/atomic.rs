//! The atomic types, with every ordering: a load may read any value the memory model allows.

use std::fmt;
use std::panic::UnwindSafe;
use std::sync::atomic as real;
pub use std::sync::atomic::{Ordering, compiler_fence};

use crate::event::Did;
use crate::model::{Here, Setting, setting};
use crate::op::{Access, Oid, Op, Touch};
use crate::place::Place;
use crate::scene::ORDER;
use crate::session::{Found, Session};
use crate::statics;
use crate::tag::Tag;

/// An atomic fence; see [`std::sync::atomic::fence`](::std::sync::atomic::fence).
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

/// A variable as seen from inside a run.
struct Inside<'a> {
    here: Here,
    object: Oid,
    place: Place,
    /// Writes the newest value through to the real atomic, for those who look after the run.
    keep: &'a dyn Fn(u64),
}

impl Inside<'_> {
    fn act<R>(&self, touch: Touch, ordering: Ordering, act: impl FnOnce(&mut Session<'_>) -> R) -> R {
        let mut op = Op::on(self.object, touch).looking();
        if ordering == Ordering::SeqCst {
            op = op.and(ORDER, Touch::Is(Access::Read));
        }
        self.here.perform(self.place, |_| op, act)
    }

    fn load<V: Word>(&self, ordering: Ordering) -> V {
        let found = self.act(Touch::Load(ordering), ordering, |session| {
            let found = session.load(self.object, ordering);
            session.note(Some(self.object), || read_event::<V>(&found));
            found
        });
        V::from_word(found.value)
    }

    fn store<V: Word>(&self, value: V, ordering: Ordering) {
        self.act(Touch::Is(Access::Write), ordering, |session| {
            session.store(self.object, value.to_word(), ordering);
            session.note(Some(self.object), || Did::Wrote(text(value)));
        });
        (self.keep)(value.to_word());
    }

    fn update<V: Word>(&self, how: &'static str, ordering: Ordering, change: impl FnOnce(V) -> V) -> V {
        let (old, new) = self.act(Touch::Is(Access::Write), ordering, |session| {
            let mut new = 0;
            let old = session.update(self.object, ordering, |old| {
                new = change(V::from_word(old)).to_word();
                new
            });
            session.note(Some(self.object), || updated::<V>(how, old, new));
            (old, new)
        });
        (self.keep)(new);
        V::from_word(old)
    }

    fn exchange<V: Word>(
        &self,
        (expected, new): (V, V),
        (success, failure): (Ordering, Ordering),
        may_fail: bool,
    ) -> Result<V, V> {
        let (expected, new) = (expected.to_word(), new.to_word());
        let strongest = if failure == Ordering::SeqCst { failure } else { success };
        let touch = Touch::Exchange { expected, failure };
        let result = self.act(touch, strongest, |session| {
            let orderings = (success, failure);
            let result = session.exchange(self.object, (expected, new), orderings, may_fail);
            session.note(Some(self.object), || match &result {
                Ok(_) => updated::<V>("compare_exchange", expected, new),
                Err((found, spurious)) => Did::Refused {
                    found: text(V::from_word(found.value)),
                    spurious: *spurious,
                },
            });
            result
        });
        match result {
            Ok(found) => {
                (self.keep)(new);
                Ok(V::from_word(found.value))
            }
            Err((found, _)) => Err(V::from_word(found.value)),
        }
    }
}

fn text(value: impl fmt::Debug) -> String {
    std::format!("{value:?}")
}

fn read_event<V: Word>(found: &Found) -> Did {
    let newer = found.newer.map(|(by, value)| (by, text(V::from_word(value))));
    Did::Read { value: text(V::from_word(found.value)), newer }
}

fn updated<V: Word>(how: &'static str, old: u64, new: u64) -> Did {
    Did::Updated { how, old: text(V::from_word(old)), new: text(V::from_word(new)) }
}

/// Everything that all atomic types have in common.
macro_rules! atomic {
    ($(#[$about:meta])* $name:ident $(<$param:ident>)?, $value:ty) => {
        $(#[$about])*
        pub struct $name $(<$param>)? {
            tag: Tag,
            real: real::$name $(<$param>)?,
        }

        impl $(<$param>)? $name $(<$param>)? {
            /// An atomic that holds `value`.
            pub const fn new(value: $value) -> Self {
                $name { tag: Tag::new(), real: real::$name::new(value) }
            }

            #[track_caller]
            fn inside<R>(&self, act: impl FnOnce(Inside<'_>) -> R) -> Option<R> {
                let place = Place::caller();
                let Setting::Inside(here) = setting() else { return None };
                // Relaxed: inside a run only the thread whose turn it is comes here.
                let first = || self.real.load(Ordering::Relaxed).to_word();
                let object = here.object(&self.tag, |scene| scene.add_variable(first()));
                // What a run leaves in a static ends with the run.
                let lasts = !statics::is_static(self);
                let keep = |word| {
                    if lasts {
                        self.real.store(<$value>::from_word(word), Ordering::Relaxed);
                    }
                };
                Some(act(Inside { here, object, place, keep: &keep }))
            }

            /// Reads the value.
            ///
            /// # Panics
            /// If the ordering is `Release` or `AcqRel`.
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $value {
                assert!(
                    !matches!(order, Ordering::Release | Ordering::AcqRel),
                    "there is no such thing as a release load"
                );
                self.inside(|inside| inside.load(order)).unwrap_or_else(|| self.real.load(order))
            }

            /// Replaces the value.
            ///
            /// # Panics
            /// If the ordering is `Acquire` or `AcqRel`.
            #[track_caller]
            pub fn store(&self, value: $value, order: Ordering) {
                assert!(
                    !matches!(order, Ordering::Acquire | Ordering::AcqRel),
                    "there is no such thing as an acquire store"
                );
                self.inside(|inside| inside.store(value, order))
                    .unwrap_or_else(|| self.real.store(value, order));
            }

            /// Replaces the value and returns the old one, in one step.
            #[track_caller]
            pub fn swap(&self, value: $value, order: Ordering) -> $value {
                self.inside(|inside| inside.update("swap", order, |_| value))
                    .unwrap_or_else(|| self.real.swap(value, order))
            }

            /// Replaces the value if it is `current`, in one step.
            ///
            /// # Errors
            /// The value found, if it was another one.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.inside(|inside| inside.exchange((current, new), (success, failure), false))
                    .unwrap_or_else(|| self.real.compare_exchange(current, new, success, failure))
            }

            /// Like [`compare_exchange`](Self::compare_exchange), but may fail for nothing.
            ///
            /// # Errors
            /// The value found.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.inside(|inside| inside.exchange((current, new), (success, failure), true))
                    .unwrap_or_else(|| {
                        self.real.compare_exchange_weak(current, new, success, failure)
                    })
            }

            /// Replaces the value by what `change` makes of it, trying again as long as others get
            /// in between.
            ///
            /// # Errors
            /// The value found, if `change` returned `None` for it.
            #[track_caller]
            pub fn fetch_update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                mut change: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                let mut found = self.load(fetch_order);
                while let Some(next) = change(found) {
                    match self.compare_exchange_weak(found, next, set_order, fetch_order) {
                        Ok(old) => return Ok(old),
                        Err(other) => found = other,
                    }
                }
                Err(found)
            }

            /// Another name of [`fetch_update`](Self::fetch_update).
            ///
            /// # Errors
            /// The value found, if `change` returned `None` for it.
            #[track_caller]
            pub fn try_update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                change: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                self.fetch_update(set_order, fetch_order, change)
            }

            /// Replaces the value by what `change` makes of it and returns the old one.
            #[track_caller]
            pub fn update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                mut change: impl FnMut($value) -> $value,
            ) -> $value {
                let result = self.fetch_update(set_order, fetch_order, |old| Some(change(old)));
                result.unwrap_or_else(|old| old)
            }

            /// The value, which nobody else can be using.
            pub fn get_mut(&mut self) -> &mut $value {
                // A fresh variable as far as a run is concerned: everybody knows its value.
                self.tag = Tag::new();
                self.real.get_mut()
            }

            /// The value, without the atomic.
            pub fn into_inner(self) -> $value {
                self.real.into_inner()
            }
        }

        impl $(<$param>)? fmt::Debug for $name $(<$param>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.real.fmt(f)
            }
        }

        impl $(<$param>)? From<$value> for $name $(<$param>)? {
            fn from(value: $value) -> Self {
                $name::new(value)
            }
        }

        impl $(<$param>)? UnwindSafe for $name $(<$param>)? {}
        impl $(<$param>)? std::panic::RefUnwindSafe for $name $(<$param>)? {}
    };
}

/// The read-modify-write operations, each of them one step.
macro_rules! fetch {
    ($name:ident, $value:ty, $($(#[$about:meta])* $method:ident: $change:expr;)*) => {
        impl $name {$(
            $(#[$about])*
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
