//! Believes: the first in the queue is told, and will be there to hear it.
//! Rejected by: when_the_next_in_the_queue_leaves_too_the_one_after_cooks

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// A value made by `recipe` when it is first asked for.
pub struct LazyOnce<T, R> {
    recipe: R,
    started: Cell<bool>,
    queue: RefCell<Vec<Waker>>,
    pot: RefCell<Option<T>>,
}

/// A cook who leaves half-way wakes the first who waits.
struct Mark<'a>(&'a Cell<bool>, &'a RefCell<Vec<Waker>>);

impl Drop for Mark<'_> {
    fn drop(&mut self) {
        self.0.set(false);
        let mut queue = self.1.borrow_mut();
        if !queue.is_empty() {
            queue.remove(0).wake();
        }
    }
}

impl<T: Clone, R: AsyncFn() -> T> LazyOnce<T, R> {
    pub fn new(recipe: R) -> Self {
        let (started, queue, pot) = (Cell::new(false), RefCell::default(), RefCell::new(None));
        Self { recipe, started, queue, pot }
    }

    pub async fn get(&self) -> T {
        loop {
            let ready = self.pot.borrow().clone();
            if let Some(value) = ready {
                return value;
            }
            if !self.started.replace(true) {
                let mark = Mark(&self.started, &self.queue);
                let value = (self.recipe)().await;
                *self.pot.borrow_mut() = Some(value.clone());
                std::mem::forget(mark);
                self.queue.take().into_iter().for_each(Waker::wake);
                return value;
            }
            poll_fn(|context| {
                if !self.started.get() || self.pot.borrow().is_some() {
                    return Poll::Ready(());
                }
                self.queue.borrow_mut().push(context.waker().clone());
                Poll::Pending
            })
            .await;
        }
    }
}
