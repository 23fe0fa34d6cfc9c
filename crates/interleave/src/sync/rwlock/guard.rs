//! The guards of an `RwLock`.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync as real;

use super::gate;
use crate::model::{Setting, setting};
use crate::op::{Access, Need, Op, Touch, Verb};
use crate::place::Place;
use crate::tag::Tag;
use crate::value;

/// How a lock is held.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// By how much taking it moves the level of the gate.
    pub(super) by: i64,
    pub(super) need: Need,
    pub(super) access: Access,
}

pub(super) const READ: Way = Way { by: 1, need: Need::AtLeast(0), access: Access::Read };
pub(super) const WRITE: Way = Way { by: -1, need: Need::Exactly(0), access: Access::Write };

/// What a guard has to give back.
pub(super) struct Claim<'a> {
    tag: &'a Tag,
    way: Way,
    place: Place,
    inside: bool,
    edited: bool,
    /// What the lock holds when it is given back, for the report.
    leaves: Option<String>,
}

/// The right to read what an [`RwLock`](super::RwLock) protects, until dropped.
#[must_use = "if unused the RwLock will immediately unlock"]
#[clippy::has_significant_drop]
pub struct RwLockReadGuard<'a, T: ?Sized + 'a> {
    // Dropped in this order: the gate keeps others out until the real lock is free.
    pub(super) value: real::RwLockReadGuard<'a, T>,
    pub(super) _claim: Claim<'a>,
}

/// The right to change what an [`RwLock`](super::RwLock) protects, until dropped.
#[must_use = "if unused the RwLock will immediately unlock"]
#[clippy::has_significant_drop]
pub struct RwLockWriteGuard<'a, T: ?Sized + 'a> {
    pub(super) value: real::RwLockWriteGuard<'a, T>,
    pub(super) _unpoison: Unpoison<'a, T>,
    pub(super) claim: Claim<'a>,
}

/// Takes back the poisoning of a lock by a run that is being taken down.
pub(super) struct Unpoison<'a, T: ?Sized>(pub(super) &'a real::RwLock<T>, pub(super) bool);

impl<T: ?Sized> Drop for Unpoison<'_, T> {
    fn drop(&mut self) {
        if !self.1 && matches!(setting(), Setting::Unwinding) {
            self.0.clear_poison();
        }
    }
}

impl Claim<'_> {
    pub(super) fn of<'a>(tag: &'a Tag, way: Way, place: Place, inside: bool) -> Claim<'a> {
        Claim { tag, way, place, inside, edited: false, leaves: None }
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        if let Setting::Inside(here) = setting()
            && self.inside
        {
            let gate = gate(&here, self.tag);
            let (way, edited, leaves) = (self.way, self.edited, self.leaves.take());
            let op = Op { verb: Verb::Unlock(gate), ..Op::on(gate, Touch::Is(way.access)) };
            here.perform(
                self.place,
                |_| op,
                |session| {
                    session.let_go(gate, -way.by, edited);
                    session.show(|| leaves);
                },
            );
        }
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        if let Setting::Inside(here) = setting()
            && here.keeps_log()
        {
            self.claim.leaves = value::of(&*self.value);
        }
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.claim.edited = true;
        &mut self.value
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
