//! Believes: a cook who leaves takes her mark off, and so whoever asks next cooks.
//! Rejected by: who_waits_for_a_cook_who_leaves_cooks_instead

use std::cell::{Cell, RefCell};

use tokio::sync::Notify;

pub struct LazyOnce<T, R> {
    recipe: R,
    started: Cell<bool>,
    filled: Notify,
    pot: RefCell<Option<T>>,
}

impl<T: Clone, R: AsyncFn() -> T> LazyOnce<T, R> {
    pub fn new(recipe: R) -> Self {
        let (started, filled, pot) = (Cell::new(false), Notify::new(), RefCell::new(None));
        Self { recipe, started, filled, pot }
    }

    pub async fn get(&self) -> T {
        loop {
            let filled = self.filled.notified();
            let ready = self.pot.borrow().clone();
            if let Some(value) = ready {
                return value;
            }
            if !self.started.replace(true) {
                let mark = Mark(&self.started);
                let value = (self.recipe)().await;
                *self.pot.borrow_mut() = Some(value);
                std::mem::forget(mark);
                self.filled.notify_waiters();
            } else {
                filled.await;
            }
        }
    }
}

/// Taken off when the one who cooks is cancelled.
struct Mark<'a>(&'a Cell<bool>);

impl Drop for Mark<'_> {
    fn drop(&mut self) {
        // Those who sleep hear nothing of it.
        self.0.set(false);
    }
}
