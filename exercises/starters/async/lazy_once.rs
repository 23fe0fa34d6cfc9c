//! Nobody makes stock before the first order for soup; then one pot serves everybody.
//!
//! `LazyOnce::new(recipe)` runs nothing. The first `get().await` runs the recipe, everyone who asks meanwhile waits for
//! the same pot, and everyone later gets a clone at once: the recipe is run to its end at most once.
//! Should the one who cooks be cancelled (the `get` future is dropped half-way), one of those who wait starts afresh,
//! or else the next who asks.

/// A value made by `recipe` when it is first asked for.
pub struct LazyOnce<T, R> {
    recipe: R,
    // What else it holds is yours to choose.
    pot: Option<T>,
}

impl<T: Clone, R: AsyncFn() -> T> LazyOnce<T, R> {
    pub fn new(recipe: R) -> Self {
        todo!("keep the recipe")
    }

    pub async fn get(&self) -> T {
        todo!("the recipe's value, made at most once")
    }
}
