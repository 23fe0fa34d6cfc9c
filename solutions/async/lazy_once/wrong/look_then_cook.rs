//! Believes: on one thread nobody can come between looking into the pot and filling it.
//! Rejected by: those_who_ask_at_the_same_time_share_one_run

use std::cell::RefCell;

pub struct LazyOnce<T, R> {
    recipe: R,
    pot: RefCell<Option<T>>,
}

impl<T: Clone, R: AsyncFn() -> T> LazyOnce<T, R> {
    pub fn new(recipe: R) -> Self {
        Self { recipe, pot: RefCell::new(None) }
    }

    pub async fn get(&self) -> T {
        let ready = self.pot.borrow().clone();
        if let Some(value) = ready {
            return value;
        }
        let value = (self.recipe)().await;
        self.pot.borrow_mut().get_or_insert(value).clone()
    }
}
