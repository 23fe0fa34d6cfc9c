//! Believes: when the cook leaves, whoever is woken is the next cook.
//! Rejected by: of_those_who_wait_for_a_cook_who_leaves_one_cooks

use std::cell::{Cell, RefCell};

use tokio::sync::Notify;

/// A value made by `recipe` when it is first asked for.
pub struct LazyOnce<T, R> {
    recipe: R,
    started: Cell<bool>,
    told: Notify,
    pot: RefCell<Option<T>>,
}

/// Takes the mark off and tells, unless the pot is full.
struct Mark<'a>(&'a Cell<bool>, &'a Notify);

impl Drop for Mark<'_> {
    fn drop(&mut self) {
        self.0.set(false);
        self.1.notify_waiters();
    }
}

impl<T: Clone, R: AsyncFn() -> T> LazyOnce<T, R> {
    pub fn new(recipe: R) -> Self {
        Self { recipe, started: Cell::new(false), told: Notify::new(), pot: RefCell::new(None) }
    }

    pub async fn get(&self) -> T {
        let ready = self.pot.borrow().clone();
        if let Some(value) = ready {
            return value;
        }
        if self.started.replace(true) {
            self.told.notified().await;
            let ready = self.pot.borrow().clone();
            if let Some(value) = ready {
                return value;
            }
        }
        self.started.set(true);
        let mark = Mark(&self.started, &self.told);
        let value = (self.recipe)().await;
        *self.pot.borrow_mut() = Some(value.clone());
        drop(mark);
        value
    }
}
