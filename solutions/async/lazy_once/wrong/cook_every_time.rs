//! Believes: awaiting the same recipe again gives the same value again.
//! Rejected by: one_after_the_other_gets_the_same_pot

use std::marker::PhantomData;

pub struct LazyOnce<T, R> {
    recipe: R,
    makes: PhantomData<T>,
}

impl<T: Clone, R: AsyncFn() -> T> LazyOnce<T, R> {
    pub fn new(recipe: R) -> Self {
        Self { recipe, makes: PhantomData }
    }

    pub async fn get(&self) -> T {
        (self.recipe)().await
    }
}
