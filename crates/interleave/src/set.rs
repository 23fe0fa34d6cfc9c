//! A set of threads, as bits of one word.

use crate::op::Tid;

/// The most threads one run may have: one bit each.
pub(crate) const MOST_THREADS: usize = 64;

/// A set of thread numbers below [`MOST_THREADS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ThreadSet(u64);

impl ThreadSet {
    pub(crate) const EMPTY: ThreadSet = ThreadSet(0);

    pub(crate) fn contains(self, thread: Tid) -> bool {
        // A schedule that somebody typed may name threads that no run can have.
        thread < MOST_THREADS && self.0 & (1 << thread) != 0
    }

    pub(crate) fn insert(&mut self, thread: Tid) {
        self.0 |= 1 << thread;
    }

    pub(crate) fn remove(&mut self, thread: Tid) {
        self.0 &= !(1 << thread);
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub(crate) fn union(self, other: Self) -> Self {
        ThreadSet(self.0 | other.0)
    }

    pub(crate) fn intersection(self, other: Self) -> Self {
        ThreadSet(self.0 & other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        ThreadSet(self.0 & !other.0)
    }

    pub(crate) fn first(self) -> Option<Tid> {
        (self.0 != 0).then_some(self.0.trailing_zeros() as usize)
    }

    /// The members in ascending order.
    pub(crate) fn iter(self) -> Members {
        Members(self)
    }
}

/// The members of a set that are still to come: one look at each, none at those who are not in it.
/// Every step of every run asks for some, and nobody optimises a judge.
pub(crate) struct Members(ThreadSet);

impl Iterator for Members {
    type Item = Tid;

    fn next(&mut self) -> Option<Tid> {
        let first = self.0.first()?;
        self.0.remove(first);
        Some(first)
    }
}

impl FromIterator<Tid> for ThreadSet {
    fn from_iter<I: IntoIterator<Item = Tid>>(threads: I) -> Self {
        let mut set = ThreadSet::EMPTY;
        for thread in threads {
            set.insert(thread);
        }
        set
    }
}
