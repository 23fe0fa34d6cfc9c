//! What a lock or atomic carries to be known in a run: its number there.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::Here;
use crate::op::Oid;
use crate::scene::Scene;

/// The number of an object in the run that used it last. It moves with the object, so an object
/// may be made before it is shared, and a static is a new object in every run.
#[derive(Debug, Default)]
pub(crate) struct Tag(AtomicU64);

/// Says that the object was used by a thread that belongs to no run.
const USED_OUTSIDE: u64 = u64::MAX;

impl Tag {
    pub(crate) const fn new() -> Self {
        Tag(AtomicU64::new(0))
    }

    /// Whether nobody has ever used the object, so that a static still is as it was written.
    pub(crate) fn is_fresh(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    /// Remembers a use from outside of any run.
    pub(crate) fn use_outside(&self) {
        self.0.store(USED_OUTSIDE, Ordering::Relaxed);
    }

    pub(crate) fn was_used_outside(&self) -> bool {
        self.0.load(Ordering::Relaxed) == USED_OUTSIDE
    }
}

impl Here {
    /// The number of a tagged object, which is added to the scene when the run first meets it.
    pub(crate) fn object(&self, tag: &Tag, add: impl FnOnce(&mut Scene) -> Oid) -> Oid {
        // Relaxed: only the thread whose turn it is looks, and turns are passed on through locks.
        let known = tag.0.load(Ordering::Relaxed);
        if known >> 32 == u64::from(self.run.number) {
            return usize::try_from(known & u64::from(u32::MAX)).expect("it was a usize");
        }
        let object = add(&mut self.run.state().scene);
        let number = u32::try_from(object).expect("fewer than 2^32 objects");
        tag.0.store(u64::from(self.run.number) << 32 | u64::from(number), Ordering::Relaxed);
        object
    }

    /// Whether the present run has met the object before.
    pub(crate) fn knows(&self, tag: &Tag) -> bool {
        tag.0.load(Ordering::Relaxed) >> 32 == u64::from(self.run.number)
    }
}
