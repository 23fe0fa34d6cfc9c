//! Two cooks lay a plate each, wait for one another, and then count the plates; they do it twice.
//!
//! Goal: let a cook count before the other has laid the second plate.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Condvar, Mutex};
use std::thread;

/// A barrier that counts arrivals and never starts again at zero.
#[derive(Default)]
struct OnceOnly {
    arrived: Mutex<u32>,
    all_there: Condvar,
}

impl OnceOnly {
    fn wait(&self) {
        let mut arrived = self.arrived.lock().unwrap();
        *arrived += 1;
        self.all_there.notify_all();
        while *arrived < 2 {
            arrived = self.all_there.wait(arrived).unwrap();
        }
    }
}

fn lay_and_count(plates: &AtomicU32, meet: &dyn Fn()) {
    for round in 1..=2 {
        plates.fetch_add(1, Ordering::SeqCst);
        meet();
        let seen = plates.load(Ordering::SeqCst);
        assert!(seen >= 2 * round, "counted {seen} plates in round {round}");
    }
}

fn two_cooks(meet: impl Fn() + Send + Sync + 'static) {
    let (plates, meet) = (Arc::new(AtomicU32::new(0)), Arc::new(meet));
    let cooks = [(); 2].map(|()| {
        let (plates, meet) = (Arc::clone(&plates), Arc::clone(&meet));
        thread::spawn(move || lay_and_count(&plates, &*meet))
    });
    for cook in cooks {
        cook.join().unwrap();
    }
}

pub(crate) fn broken() {
    let barrier = OnceOnly::default();
    two_cooks(move || barrier.wait());
}

pub(crate) fn fixed() {
    let barrier = Barrier::new(2);
    two_cooks(move || _ = barrier.wait());
}
