//! Everything that all atomic types have in common, as a macro: there are no generics over them.

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
            #[inline]
            pub const fn new(value: $value) -> Self {
                $name { tag: Tag::new(), real: real::$name::new(value) }
            }

            #[inline]
            #[track_caller]
            fn inside<R>(&self, act: impl FnOnce(Inside<'_>) -> R) -> Option<R> {
                let place = Place::caller();
                let Setting::Inside(here) = setting() else { return None };
                // Relaxed: inside a run only the thread whose turn it is comes here.
                let first = || self.real.load(Ordering::Relaxed).to_word();
                let object = here.object(&self.tag, |scene| {
                    scene.add_variable(first(), text_of_word::<$value>)
                });
                // What a run leaves in a static ends with the run.
                let lasts = !statics::is_static(self);
                let keep = |word| {
                    if lasts {
                        self.real.store(<$value>::from_word(word), Ordering::Relaxed);
                    }
                };
                Some(act(Inside { here, object, place, keep: &keep }))
            }

            /// What the next run that uses it will find, whatever earlier ones have left.
            #[allow(dead_code, reason = "asked of one type only, and a macro writes them all")]
            pub(crate) fn put_back(&self, value: $value) {
                // Relaxed: inside a run only the thread whose turn it is comes here.
                self.real.store(value, Ordering::Relaxed);
            }

            /// Reads the value.
            ///
            /// # Panics
            /// If the ordering is `Release` or `AcqRel`.
            #[inline]
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $value {
                assert_loads(order);
                self.inside(|inside| inside.load(order)).unwrap_or_else(|| self.real.load(order))
            }

            /// Replaces the value.
            ///
            /// # Panics
            /// If the ordering is `Acquire` or `AcqRel`.
            #[inline]
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
            #[inline]
            #[track_caller]
            pub fn swap(&self, value: $value, order: Ordering) -> $value {
                self.inside(|inside| inside.update("swap", order, |_| value))
                    .unwrap_or_else(|| self.real.swap(value, order))
            }

            /// Replaces the value if it is `current`, in one step.
            ///
            /// # Errors
            /// The value found, if it was another one.
            ///
            /// # Panics
            /// If the ordering of a failure is `Release` or `AcqRel`.
            #[inline]
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                assert_loads(failure);
                self.inside(|inside| inside.exchange((current, new), (success, failure), false))
                    .unwrap_or_else(|| self.real.compare_exchange(current, new, success, failure))
            }

            /// Like [`compare_exchange`](Self::compare_exchange), but may fail for nothing.
            ///
            /// # Errors
            /// The value found.
            ///
            /// # Panics
            /// If the ordering of a failure is `Release` or `AcqRel`.
            #[inline]
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                assert_loads(failure);
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
            #[inline]
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
            #[inline]
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
            #[inline]
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

pub(super) use atomic;
