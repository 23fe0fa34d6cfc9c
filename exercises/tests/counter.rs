//! Judges `counter` under every schedule: whatever the order, the till knows every sale.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/counter.rs"]
mod exercise;

use std::sync::Arc;
use std::thread;

use exercise::Till;

#[test]
fn one_cook_after_the_other_adds_up() {
    let till = Till::new();
    till.sell(3);
    till.sell(4);
    assert_eq!(till.total(), 7, "3 and 4 were sold, one after the other");
}

#[test]
fn two_cooks_at_once_lose_no_sale() {
    std::check(|| {
        let till = Arc::new(Till::new());
        let theirs = Arc::clone(&till);
        let other = thread::spawn(move || theirs.sell(4));
        till.sell(3);
        other.join().unwrap();
        assert_eq!(till.total(), 7, "3 and 4 were sold at once");
    });
}

#[test]
fn looking_loses_nothing() {
    std::check(|| {
        let till = Arc::new(Till::new());
        till.sell(3);
        let theirs = Arc::clone(&till);
        let other = thread::spawn(move || theirs.total());
        let seen = [till.total(), other.join().unwrap(), till.total()];
        assert_eq!(seen, [3; 3], "3 were sold, before two looked at once");
    });
}

#[test]
fn four_quick_sales_do_not_cover_a_slow_one() {
    std::Explorer::new().weak_failures(0).check(|| {
        let till = Arc::new(Till::new());
        let theirs = Arc::clone(&till);
        let slow = thread::spawn(move || theirs.sell(10));
        (0..4).for_each(|_| till.sell(1));
        slow.join().unwrap();
        assert_eq!(till.total(), 14, "four times 1 and once 10 were sold");
    });
}

#[test]
fn three_cooks_at_once_lose_no_sale() {
    // What a weak exchange does that fails for nothing, two have shown.
    std::Explorer::new().weak_failures(0).check(|| {
        let till = Arc::new(Till::new());
        let cooks = [1, 2].map(|price| {
            let till = Arc::clone(&till);
            thread::spawn(move || till.sell(price))
        });
        till.sell(4);
        for cook in cooks {
            cook.join().unwrap();
        }
        assert_eq!(till.total(), 7, "1, 2 and 4 were sold at once");
    });
}
