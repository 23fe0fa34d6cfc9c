//! `tokio::sync::OnceCell` keeps the value and the queue of those who wait; a cancelled cook hands on to the next.

use tokio::sync::OnceCell;

/// A value made by `recipe` when it is first asked for.
pub struct LazyOnce<T, R> {
    recipe: R,
    pot: OnceCell<T>,
}

impl<T: Clone, R: AsyncFn() -> T> LazyOnce<T, R> {
    pub fn new(recipe: R) -> Self {
        Self { recipe, pot: OnceCell::new() }
    }

    pub async fn get(&self) -> T {
        self.pot.get_or_init(|| (self.recipe)()).await.clone()
    }
}
