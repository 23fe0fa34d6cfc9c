//! A value that is made once, by whoever asks first.

use std::sync::Mutex;

/// An empty place for a value, and then the value.
#[derive(Debug, Default)]
pub struct Once<T> {
    value: Mutex<Option<T>>,
}

impl<T: Clone> Once<T> {
    /// A place with nothing in it yet.
    pub fn new() -> Self {
        Self { value: Mutex::new(None) }
    }

    /// A copy of the value. Whoever asks first makes it; the others wait for that, at the lock.
    ///
    /// # Panics
    ///
    /// When `make` panics, for everybody from then on: a place that failed once is not tried again.
    pub fn get_or_make(&self, make: impl FnOnce() -> T) -> T {
        let mut value = self.value.lock().expect("the value could be made");
        value.get_or_insert_with(make).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::thread;

    use super::*;

    #[test]
    fn of_many_who_ask_one_makes_it_and_all_have_the_same() {
        let once = Once::new();
        let had = thread::scope(|scope| {
            let once = &once;
            let asked = [1, 2, 3].map(|mine| scope.spawn(move || once.get_or_make(|| mine)));
            asked.map(|had| had.join().unwrap())
        });
        assert_eq!(had, [once.get_or_make(|| 4); 3]);
    }

    #[test]
    fn a_value_that_could_not_be_made_is_not_tried_again() {
        let once = Once::<u32>::new();
        let burn = || once.get_or_make(|| resume_unwind(Box::new("burnt")));
        assert!(catch_unwind(AssertUnwindSafe(burn)).is_err());
        assert!(catch_unwind(AssertUnwindSafe(|| once.get_or_make(|| 7))).is_err());
    }
}
