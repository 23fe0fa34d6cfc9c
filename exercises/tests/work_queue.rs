//! Judges `work_queue` under every schedule: each order once, all cooks at work, and no order taken too early.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/work_queue.rs"]
mod exercise;

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Barrier, Mutex, mpsc};

use exercise::work_queue;

/// What is cooked, in the order in which it was done.
#[derive(Clone, Default)]
struct Counter(Arc<Mutex<Vec<u32>>>);

impl Counter {
    fn put(&self, order: u32) {
        self.0.lock().unwrap().push(order);
    }

    fn sorted(&self) -> Vec<u32> {
        let mut dishes = self.0.lock().unwrap().clone();
        dishes.sort();
        dishes
    }
}

#[test]
fn one_cook_cooks_every_order_and_goes_home() {
    std::check(|| {
        let counter = Counter::default();
        let cooked = counter.clone();
        work_queue(1..=3, 1, 1, move |order| cooked.put(order));
        assert_eq!(counter.sorted(), [1, 2, 3], "orders 1 to 3, cooked by one cook");
    });
}

#[test]
fn two_cooks_cook_every_order_once() {
    std::check(|| {
        let counter = Counter::default();
        let cooked = counter.clone();
        work_queue(1..=2, 1, 2, move |order| cooked.put(order));
        assert_eq!(counter.sorted(), [1, 2], "orders 1 and 2, cooked by two cooks");
    });
}

#[test]
fn all_cooks_can_cook_at_the_same_time() {
    std::check(|| {
        let together = Barrier::new(2);
        // Each order is done only when the other is being cooked, too.
        work_queue(1..=2, 2, 2, move |_| _ = together.wait());
    });
}

#[test]
fn who_cooks_takes_no_room_on_the_rail() {
    for room in [0, 1] {
        std::check(move || {
            let together = Barrier::new(2);
            // However little hangs on the rail: what is being cooked does not hang there any more.
            work_queue(1..=2, room, 2, move |_| _ = together.wait());
        });
    }
}

#[test]
fn a_free_cook_takes_the_next_order_whatever_the_other_does() {
    std::check(|| {
        let (tell, hear) = mpsc::channel();
        let hear = Mutex::new(hear);
        // Order 1 is done only when 3 is. So whoever does not cook 1 has to cook both of the others.
        work_queue(1..=3, 3, 2, move |order| match order {
            1 => _ = hear.lock().unwrap().recv(),
            3 => _ = tell.send(()),
            _ => {}
        });
    });
}

/// With so much room and one cook, an order is taken only when all before it have found their place.
fn never_takes_an_order_too_early(room: usize) {
    std::check(move || {
        let done = Arc::new(AtomicUsize::new(0));
        let finished = Arc::clone(&done);
        let orders = (0..room as u32 + 3).inspect(move |order| {
            // Those before this one that are not done: one is with the cook, the others need room on the rail.
            let places = room + 1;
            let without_a_place = (*order as usize - finished.load(SeqCst)).saturating_sub(places);
            assert_eq!(without_a_place, 0, "orders without a place, when the next was taken");
        });
        work_queue(orders, room, 1, move |_| _ = done.fetch_add(1, SeqCst));
    });
}

#[test]
fn a_full_rail_makes_the_orders_wait() {
    never_takes_an_order_too_early(1);
}

#[test]
fn with_no_room_orders_go_from_hand_to_hand() {
    never_takes_an_order_too_early(0);
}

#[test]
fn without_orders_everybody_goes_home() {
    std::check(|| work_queue(std::iter::empty(), 1, 2, |order| panic!("who ordered {order}?")));
}
