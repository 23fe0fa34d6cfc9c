//! Believes: whoever marks the pot as started will also fill it.
//! Rejected by: after_a_cancelled_cook_the_next_one_starts_afresh

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
        if !self.started.replace(true) {
            let value = (self.recipe)().await;
            *self.pot.borrow_mut() = Some(value);
            self.filled.notify_waiters();
        }
        loop {
            let filled = self.filled.notified();
            let ready = self.pot.borrow().clone();
            if let Some(value) = ready {
                return value;
            }
            filled.await;
        }
    }
}
