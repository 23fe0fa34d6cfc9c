//! The memory model: which stores a load may read, told by views.
//!
//! Every variable keeps all its stores in modification order. Every thread has a view: per
//! variable, the oldest store it may still read. Reading or writing moves the thread's own view
//! forward. A release store carries the writer's view along, and an acquire load that reads it
//! takes that view over: that is the whole of "happens before".
//!
//! Sources: Kang, Hur, Lahav, Vafeiadis, Dreyer, *A promising semantics for relaxed-memory
//! concurrency* (POPL 2017) for the views, without its promises; the C++20 standard,
//! [atomics.order], for `SeqCst` and for release sequences, which Rust adopts.
//!
//! Two things that C++20 allows are left out. A load never reads a store that comes later in the
//! run ("load buffering"), and stores enter the modification order in the order they are made.

use std::sync::atomic::Ordering;

use crate::clock::View;
use crate::op::{Access, Oid, Tid};

/// What one thread knows of the memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sight {
    /// What it may read now.
    pub(crate) now: View,
    /// What relaxed loads have brought: an acquire fence turns it into knowledge.
    unfenced: View,
    /// What it knew at its last release fence: every later store carries it.
    released: View,
}

impl Sight {
    /// What a new thread knows: all that its parent knows. Fences work within one thread only.
    pub(crate) fn of_child(&self) -> Self {
        Sight { now: self.now.clone(), ..Sight::default() }
    }
}

/// One value a variable has had.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pub(crate) value: u64,
    /// What an acquire load of this store gets to know.
    view: View,
    pub(crate) by: Tid,
    /// Counts changes of value: two neighbouring stores of one value look the same to a loop.
    pub(crate) edit: u64,
}

/// An atomic variable: its stores, oldest first.
pub(crate) struct Variable {
    pub(crate) stores: Vec<Store>,
    /// Whether some store was weaker than `SeqCst`.
    weak: bool,
    /// Writes a value in its own type's `Debug` form.
    show: fn(u64) -> String,
}

impl Variable {
    pub(crate) fn new(value: u64, show: fn(u64) -> String) -> Self {
        let first = Store { value, view: View::default(), by: 0, edit: 0 };
        Variable { stores: vec![first], weak: false, show }
    }

    /// A value as text.
    pub(crate) fn text(&self, value: u64) -> String {
        (self.show)(value)
    }

    pub(crate) fn newest(&self) -> &Store {
        self.stores.last().expect("a variable starts with a store")
    }

    /// How a load uses the variable; see [`Access::OrderedRead`].
    pub(crate) fn access_of_load(&self, ordering: Ordering) -> Access {
        if ordering == Ordering::SeqCst && self.weak { Access::OrderedRead } else { Access::Read }
    }
}

/// Whether a load with this ordering takes over what the store carries.
fn acquires(ordering: Ordering) -> bool {
    matches!(ordering, Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst)
}

/// Whether a store with this ordering carries what its thread knows.
fn releases(ordering: Ordering) -> bool {
    matches!(ordering, Ordering::Release | Ordering::AcqRel | Ordering::SeqCst)
}

/// One thread looking at one variable.
///
/// `order` is what the single total order S of all `SeqCst` operations has fixed so far: an
/// operation in S may not read anything older than what operations earlier in S have read or
/// written. The order of execution is used as S, since the search tries every order of execution.
pub(crate) struct Look<'a> {
    pub(crate) object: Oid,
    pub(crate) variable: &'a mut Variable,
    pub(crate) sight: &'a mut Sight,
    pub(crate) order: &'a mut View,
}

impl Look<'_> {
    /// The oldest store that a load may read.
    pub(crate) fn oldest(&self, ordering: Ordering) -> usize {
        let known = self.sight.now.get(self.object);
        let fixed = if ordering == Ordering::SeqCst { self.order.get(self.object) } else { 0 };
        known.max(fixed) as usize
    }

    /// Reads the store at `index`.
    pub(crate) fn read(&mut self, index: usize, ordering: Ordering) {
        let store = &self.variable.stores[index];
        let at = u32::try_from(index).expect("fewer than 2^32 stores");
        self.sight.now.raise(self.object, at);
        if acquires(ordering) {
            self.sight.now.join(&store.view);
        } else {
            self.sight.unfenced.join(&store.view);
        }
        if ordering == Ordering::SeqCst {
            self.order.raise(self.object, at);
        }
    }

    /// Appends a store. `after` is the store that a read-modify-write has just read: it passes on
    /// what that store carries, so a release sequence survives it.
    pub(crate) fn write(&mut self, value: u64, by: Tid, ordering: Ordering, after: Option<usize>) {
        let at = u32::try_from(self.variable.stores.len()).expect("fewer than 2^32 stores");
        self.sight.now.raise(self.object, at);
        let mut view =
            if releases(ordering) { self.sight.now.clone() } else { self.sight.released.clone() };
        view.raise(self.object, at);
        if let Some(index) = after {
            view.join(&self.variable.stores[index].view);
        }
        if ordering == Ordering::SeqCst {
            self.order.raise(self.object, at);
        } else {
            self.variable.weak = true;
        }
        let newest = self.variable.newest();
        let edit = newest.edit + u64::from(newest.value != value);
        self.variable.stores.push(Store { value, view, by, edit });
    }
}

/// A memory fence by the thread with this sight.
pub(crate) fn fence(sight: &mut Sight, order: &mut View, ordering: Ordering) {
    if acquires(ordering) {
        let brought = sight.unfenced.clone();
        sight.now.join(&brought);
    }
    if ordering == Ordering::SeqCst {
        sight.now.join(order);
        order.join(&sight.now);
    }
    if releases(ordering) {
        sight.released = sight.now.clone();
    }
}
