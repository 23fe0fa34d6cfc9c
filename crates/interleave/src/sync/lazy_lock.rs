//! `LazyLock`: a value that is computed when it is first needed.

use std::cell::Cell;
use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::panic::{RefUnwindSafe, UnwindSafe};

use super::OnceLock;
use crate::statics;

/// A value computed when it is first needed; see [`std::sync::LazyLock`].
///
/// A static is computed afresh in every run.
pub struct LazyLock<T, F = fn() -> T> {
    value: OnceLock<T>,
    make: ManuallyDrop<F>,
    /// Whether `make` has been used up. A static's may be used again.
    is_used: Cell<bool>,
}

#[expect(unsafe_code, reason = "the cell is only touched by the one thread that computes")]
// SAFETY: `value` lets one thread at a time into its closure, and only there are `make` and
// `is_used` touched through a shared reference.
unsafe impl<T: Sync + Send, F: Send> Sync for LazyLock<T, F> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}
impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// A value that `make` will compute.
    pub const fn new(make: F) -> Self {
        let make = ManuallyDrop::new(make);
        LazyLock { value: OnceLock::new(), make, is_used: Cell::new(false) }
    }

    /// The value, computed now if it is the first time.
    ///
    /// # Panics
    /// If computing it has panicked before.
    #[track_caller]
    pub fn force(this: &Self) -> &T {
        this.value.get_or_init(|| this.compute())
    }

    #[expect(unsafe_code, reason = "a closure that is called once is moved out of a shared place")]
    fn compute(&self) -> T {
        let may_be_used_again = statics::is_static(self) && !std::mem::needs_drop::<F>();
        assert!(
            may_be_used_again || !self.is_used.replace(true),
            "LazyLock instance has previously been poisoned"
        );
        // SAFETY: used once, as `is_used` makes sure; or the closure of a static, which the
        // compiler computed and which owns nothing, so that a copy of it is as good.
        let make = unsafe { std::ptr::read(&*self.make) };
        make()
    }
}

impl<T, F> Drop for LazyLock<T, F> {
    #[expect(unsafe_code, reason = "a closure that was never called is dropped here")]
    fn drop(&mut self) {
        if !self.is_used.get() {
            // SAFETY: nobody has moved it out, and nobody comes after this.
            unsafe { ManuallyDrop::drop(&mut self.make) };
        }
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;
    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> Self {
        LazyLock::new(T::default)
    }
}

impl<T, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LazyLock").finish_non_exhaustive()
    }
}
