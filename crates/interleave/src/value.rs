//! Shows what a lock holds, for the types that can be recognised.
//!
//! A lock is generic, and stable Rust does not let generic code ask whether its type is `Debug`. So the
//! report knows a list of types by heart: numbers, `bool`, `char` and text, and the usual containers of
//! them. What is not on the list is not shown.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::marker::PhantomData;

/// More than this says nothing in a lane.
const LONGEST: usize = 24;

/// The value in its `Debug` form, if its type is on the list. Long ones are cut.
pub(crate) fn of<T: ?Sized>(value: &T) -> Option<String> {
    let text = show(type_of::<T>(), std::ptr::from_ref(value).cast())?;
    if text.chars().count() <= LONGEST {
        return Some(text);
    }
    Some(text.chars().take(LONGEST - 1).chain(['…']).collect())
}

/// The identity of a type with all its lifetimes taken for `'static`.
///
/// Source: the crate `typeid` by David Tolnay. `TypeId::of` asks for `T: 'static`, which a lock does not.
fn type_of<T: ?Sized>() -> TypeId {
    trait Identity {
        fn identity(&self) -> TypeId
        where
            Self: 'static;
    }
    impl<T: ?Sized> Identity for PhantomData<T> {
        fn identity(&self) -> TypeId
        where
            Self: 'static,
        {
            TypeId::of::<T>()
        }
    }
    let phantom = PhantomData::<T>;
    let short: &dyn Identity = &phantom;
    #[allow(
        unsafe_code,
        reason = "stable Rust has no other way to ask for the type behind a lifetime"
    )]
    // SAFETY: the two types differ in a lifetime bound only, and nothing with that lifetime is reached
    // through a `PhantomData`: the call returns the number of a type.
    let long = unsafe { std::mem::transmute::<&dyn Identity, &(dyn Identity + 'static)>(short) };
    long.identity()
}

/// Tries the type itself, and the usual containers of it.
macro_rules! try_types {
    ($id:ident, $pointer:ident: $($type:ty),* $(,)?) => {$(
        try_type!($id, $pointer: $type, Option<$type>, Vec<$type>, VecDeque<$type>, Vec<Option<$type>>,
            [$type; 1], [$type; 2], [$type; 3], [$type; 4], ($type, $type), ($type, bool),
            BTreeSet<$type>, BTreeMap<$type, $type>, BTreeMap<String, $type>, Box<$type>);
    )*};
}

macro_rules! try_type {
    ($id:ident, $pointer:ident: $($type:ty),* $(,)?) => {$(
        if $id == TypeId::of::<$type>() {
            return Some(text(&seen_as::<$type>($pointer)));
        }
    )*};
}

/// `pointer` is that of a live value of the type with this id.
fn show(id: TypeId, pointer: *const ()) -> Option<String> {
    try_types!(id, pointer: u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, bool, char, String, &str);
    try_type!(id, pointer: u128, i128, f32, f64);
    // In an order of its own, or each run would show another.
    if id == TypeId::of::<HashMap<String, u32>>() {
        return Some(text(
            &seen_as::<HashMap<String, u32>>(pointer).iter().collect::<BTreeMap<_, _>>(),
        ));
    }
    if id == TypeId::of::<HashMap<u32, u32>>() {
        return Some(text(
            &seen_as::<HashMap<u32, u32>>(pointer).iter().collect::<BTreeMap<_, _>>(),
        ));
    }
    if id == TypeId::of::<HashSet<u32>>() {
        return Some(text(&seen_as::<HashSet<u32>>(pointer).iter().collect::<BTreeSet<_>>()));
    }
    None
}

/// The value behind a pointer whose type has just been compared.
fn seen_as<'a, T>(pointer: *const ()) -> &'a T {
    #[allow(
        unsafe_code,
        reason = "the type is known to be this one, and generic code cannot say so"
    )]
    // SAFETY: called only where the id of the value's type was found to be that of `T`, and used before
    // the reference that the pointer was made from ends.
    unsafe {
        &*pointer.cast::<T>()
    }
}

fn text(value: &dyn Debug) -> String {
    std::format!("{value:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_text_and_their_containers_are_shown() {
        assert_eq!(of(&7_u32).as_deref(), Some("7"));
        assert_eq!(of(&"salt").as_deref(), Some("\"salt\""));
        assert_eq!(of(&std::vec![1_i64, 2]).as_deref(), Some("[1, 2]"));
        assert_eq!(of(&Some(String::from("x"))).as_deref(), Some("Some(\"x\")"));
        assert_eq!(of(&HashMap::from([(2_u32, 3_u32), (1, 1)])).as_deref(), Some("{1: 1, 2: 3}"));
    }

    #[test]
    fn a_type_that_is_not_on_the_list_is_not_shown() {
        struct Own;
        assert_eq!(of(&Own), None);
        assert_eq!(of::<dyn Debug>(&7_u32), None);
    }

    #[test]
    fn what_only_lives_for_a_while_is_recognised_too() {
        let text = String::from("soup");
        let borrowed: &str = &text;
        assert_eq!(of(&borrowed).as_deref(), Some("\"soup\""));
    }

    #[test]
    fn a_long_value_is_cut() {
        assert_eq!(of(&std::vec![1_u8; 99]).unwrap().chars().count(), LONGEST);
    }
}
