//! Judges `cache_rw` under every schedule: as many computations as dishes, and readers who do not wait for each other.

extern crate core as real;
extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/cache_rw.rs"]
mod exercise;

// The real atomics: what they count is about all schedules together, so it must outlive each.
use real::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};
use std::sync::Arc;
use std::thread;

use exercise::Cache;

/// A cache, and how often a price was worked out.
struct Kitchen {
    cache: Cache<u32>,
    computations: AtomicU32,
}

impl Kitchen {
    fn new() -> Arc<Self> {
        Arc::new(Self { cache: Cache::new(), computations: AtomicU32::new(0) })
    }

    /// Asks for the price of a dish; it is ten for each letter.
    fn ask(&self, dish: &str) -> u32 {
        self.cache.price(dish, || {
            self.computations.fetch_add(1, SeqCst);
            dish.len() as u32 * 10
        })
    }
}

/// Each dish is asked for by a cook of its own, under every schedule.
fn all_ask_at_once(dishes: &'static [&str], computations: u32) {
    std::check(move || {
        let kitchen = Kitchen::new();
        let cook = |dish: &'static str| {
            let kitchen = Arc::clone(&kitchen);
            thread::spawn(move || kitchen.ask(dish))
        };
        let cooks: Vec<_> = dishes.iter().map(|dish| (dish, cook(dish))).collect();
        for (dish, cook) in cooks {
            assert_eq!(cook.join().unwrap(), dish.len() as u32 * 10, "the price of {dish}");
        }
        assert_eq!(
            kitchen.computations.load(SeqCst),
            computations,
            "computations, when cooks ask for {dishes:?} at once"
        );
    });
}

#[test]
fn a_new_dish_is_worked_out() {
    std::check(|| {
        let kitchen = Kitchen::new();
        assert_eq!(kitchen.ask("soup"), 40);
        assert_eq!(kitchen.ask("bread"), 50);
    });
}

#[test]
fn a_known_dish_is_not_worked_out_again() {
    std::check(|| {
        let kitchen = Kitchen::new();
        let prices = [kitchen.ask("soup"), kitchen.ask("soup"), kitchen.ask("soup")];
        assert_eq!(prices, [40, 40, 40]);
        assert_eq!(kitchen.computations.load(SeqCst), 1, "computations for soup, soup, and soup");
    });
}

#[test]
fn two_who_ask_for_a_new_dish_at_once_share_one_computation() {
    all_ask_at_once(&["soup", "soup"], 1);
}

#[test]
fn all_who_wait_for_a_new_dish_are_served() {
    std::check(|| {
        let kitchen = Kitchen::new();
        let mut others = vec![];
        let price = kitchen.cache.price("soup", || {
            // Two more come while it is worked out.
            others.extend([(); 2].map(|()| {
                let kitchen = Arc::clone(&kitchen);
                thread::spawn(move || kitchen.ask("soup"))
            }));
            40
        });
        let prices = others.into_iter().map(|other| other.join().unwrap());
        assert_eq!(prices.collect::<Vec<_>>(), [price; 2], "the others' prices of soup");
        assert_eq!(kitchen.computations.load(SeqCst), 0, "computations by those who came later");
    });
}

#[test]
fn there_are_as_many_computations_as_dishes() {
    all_ask_at_once(&["soup", "bread", "soup"], 2);
}

/// A price that takes a while to read: cloning it is two steps.
struct Slow {
    readers: Arc<std::sync::atomic::AtomicUsize>,
}

static MOST_READERS: AtomicUsize = AtomicUsize::new(0);

impl Clone for Slow {
    fn clone(&self) -> Self {
        MOST_READERS.fetch_max(self.readers.fetch_add(1, SeqCst) + 1, SeqCst);
        self.readers.fetch_sub(1, SeqCst);
        Self { readers: Arc::clone(&self.readers) }
    }
}

#[test]
fn two_read_a_known_price_at_once() {
    std::check(|| {
        let cache = Arc::new(Cache::new());
        cache.price("soup", || Slow { readers: Arc::default() });
        let theirs = Arc::clone(&cache);
        let other = thread::spawn(move || {
            theirs.price("soup", || unreachable!("soup is known"));
        });
        cache.price("soup", || unreachable!("soup is known"));
        other.join().unwrap();
    });
    assert_eq!(
        MOST_READERS.load(SeqCst),
        2,
        "in no schedule did two cooks read the price of a known dish at the same time"
    );
}
