//! `LazyLock`: a value that is computed when it is first needed.

use std::cell::Cell;
use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::panic::{RefUnwindSafe, UnwindSafe};

use super::OnceLock;
use crate::model::{Setting, setting};
use crate::statics;

/// A value computed when it is first needed; see [`std::sync::LazyLock`].
///
/// A static is computed afresh in every run.
pub struct LazyLock<T, F = fn() -> T> {
    value: OnceLock<T>,
    make: ManuallyDrop<F>,
    /// The run in which `make` was used last. A static's may be used again in every run.
    used_in: Cell<u64>,
}

/// In no run and not outside of one either.
const NEVER: u64 = 0;
/// By a thread that belongs to no run.
const OUTSIDE: u64 = u64::MAX;

#[expect(unsafe_code, reason = "the cell is only touched by the one thread that computes")]
// SAFETY: `value` lets one thread at a time into its closure, and only there are `make` and
// `used_in` touched through a shared reference.
unsafe impl<T: Sync + Send, F: Send> Sync for LazyLock<T, F> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}
impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// A value that `make` will compute.
    pub const fn new(make: F) -> Self {
        let make = ManuallyDrop::new(make);
        LazyLock { value: OnceLock::new(), make, used_in: Cell::new(NEVER) }
    }

    /// The value, computed now if it is the first time.
    ///
    /// # Panics
    /// If computing it has panicked before. If it is no static, was made before the run, and has been computed in
    /// another: its closure can be called once, and the value belonged to that run.
    #[track_caller]
    pub fn force(this: &Self) -> &T {
        this.value.get_or_init(|| this.compute())
    }

    #[expect(unsafe_code, reason = "a closure that is called once is moved out of a shared place")]
    fn compute(&self) -> T {
        let now = match setting() {
            Setting::Inside(here) => u64::from(here.run.number),
            _ => OUTSIDE,
        };
        let before = self.used_in.replace(now);
        assert!(before != now, "LazyLock instance has previously been poisoned");
        let may_be_used_again = statics::is_static(self) && !std::mem::needs_drop::<F>();
        assert!(
            before == NEVER || may_be_used_again,
            "interleave: a LazyLock made before the run has been computed in an earlier one; make it in the body \
             given to `check`"
        );
        // SAFETY: used once, as `used_in` makes sure; or the closure of a static, which the
        // compiler computed and which owns nothing, so that a copy of it is as good.
        let make = unsafe { std::ptr::read(&*self.make) };
        make()
    }
}

impl<T, F> Drop for LazyLock<T, F> {
    #[expect(unsafe_code, reason = "a closure that was never called is dropped here")]
    fn drop(&mut self) {
        if self.used_in.get() == NEVER {
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
