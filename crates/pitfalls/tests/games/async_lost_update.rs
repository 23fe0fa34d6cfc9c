//! Two tasks on one thread ring up one plate each, and take a breath between reading and writing.
//!
//! Goal: make the till say 1, although 2 plates were sold. A task gives way at its awaits, nowhere else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::tasks::{self, yield_now};

async fn sell_with_an_await_inside(till: Arc<AtomicU32>) {
    let seen = till.load(Ordering::SeqCst);
    yield_now().await;
    till.store(seen + 1, Ordering::SeqCst);
}

async fn sell_with_an_await_before(till: Arc<AtomicU32>) {
    yield_now().await;
    let seen = till.load(Ordering::SeqCst);
    till.store(seen + 1, Ordering::SeqCst);
}

fn two_tasks<F: Future<Output = ()> + Send + 'static>(sell: fn(Arc<AtomicU32>) -> F) {
    let till = Arc::new(AtomicU32::new(0));
    let cooks = [(); 2].map(|()| tasks::spawn(sell(Arc::clone(&till))));
    for cook in cooks {
        cook.join().unwrap();
    }
    assert_eq!(till.load(Ordering::SeqCst), 2, "2 plates were sold");
}

pub(crate) fn broken() {
    two_tasks(sell_with_an_await_inside);
}

pub(crate) fn fixed() {
    two_tasks(sell_with_an_await_before);
}
