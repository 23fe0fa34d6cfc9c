//! The cook sets the price and then puts up the sign "open"; the guest who sees the sign reads the price.
//!
//! Goal: let the guest see the sign and read a price of 0.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

#[derive(Default)]
struct Shop {
    price: AtomicU32,
    is_open: AtomicBool,
}

fn open(shop: &Shop, order: Ordering) {
    shop.price.store(42, Ordering::Relaxed);
    shop.is_open.store(true, order);
}

fn visit(shop: &Shop, order: Ordering) {
    if shop.is_open.load(order) {
        let price = shop.price.load(Ordering::Relaxed);
        assert_eq!(price, 42, "the sign is up and the price is not there");
    }
}

fn trade(store: Ordering, load: Ordering) {
    let shop = Arc::new(Shop::default());
    let theirs = Arc::clone(&shop);
    let cook = thread::spawn(move || open(&theirs, store));
    let guest = thread::spawn(move || visit(&shop, load));
    cook.join().unwrap();
    guest.join().unwrap();
}

/// Relaxed promises nothing about other variables.
pub(crate) fn broken() {
    trade(Ordering::Relaxed, Ordering::Relaxed);
}

/// Who sees the sign sees all that was done before it was put up.
pub(crate) fn fixed() {
    trade(Ordering::Release, Ordering::Acquire);
}
