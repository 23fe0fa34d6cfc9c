//! Judges `spin_once` under every schedule and every value a load may read: cooked once, and seen whole by all.

extern crate core as real;
extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/spin_once.rs"]
mod exercise;

// The real atomics, for counts that are none of the answer's steps.
use real::sync::atomic::AtomicU32 as Count;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

use exercise::Pot;

/// Cooks, and leaves a trace elsewhere. Relaxed: that others see it is what the pot is for.
fn stock_of_bones(bones: &AtomicU32, stock: u32) -> u32 {
    bones.store(3, Relaxed);
    stock
}

#[test]
fn the_first_call_cooks_and_the_later_ones_only_take() {
    let pot = Pot::new();
    assert_eq!(pot.get(), None, "nobody has cooked");
    assert_eq!(pot.get_or_cook(|| 7), 7, "the first call cooks");
    assert_eq!(pot.get_or_cook(|| panic!("cooked a second time")), 7);
    assert_eq!(pot.get(), Some(7), "cooked by this very thread");
}

#[test]
fn a_stock_of_zero_is_a_stock() {
    let pot = Pot::new();
    assert_eq!(pot.get_or_cook(|| 0), 0, "the first call cooks");
    assert_eq!(pot.get(), Some(0), "0 was cooked");
    assert_eq!(pot.get_or_cook(|| panic!("cooked a second time")), 0);
}

#[test]
fn a_stock_of_the_highest_number_is_a_stock() {
    for stock in [u32::MAX, u32::MAX - 1] {
        let pot = Pot::new();
        assert_eq!(pot.get_or_cook(|| stock), stock, "the first call cooks");
        assert_eq!(pot.get(), Some(stock), "{stock} was cooked");
        assert_eq!(pot.get_or_cook(|| panic!("cooked a second time")), stock);
    }
}

#[test]
fn a_look_into_the_pot_does_not_wait_for_the_cook() {
    std::check(|| {
        let pot = Pot::new();
        pot.get_or_cook(|| {
            assert_eq!(pot.get(), None, "it is being cooked");
            7
        });
    });
}

#[test]
fn a_look_into_the_pot_shows_nothing_or_the_whole_stock() {
    std::check(|| {
        let (pot, bones) = (Arc::new(Pot::new()), Arc::new(AtomicU32::new(0)));
        let (theirs, theirs_too) = (Arc::clone(&pot), Arc::clone(&bones));
        let cook = thread::spawn(move || theirs.get_or_cook(|| stock_of_bones(&theirs_too, 7)));
        if let Some(seen) = pot.get() {
            assert_eq!(seen, 7, "the pot was ready, and this was in it");
            assert_eq!(bones.load(Relaxed), 3, "bones that are seen to have gone in");
        }
        cook.join().unwrap();
        assert_eq!(pot.get(), Some(7), "the cook has gone home");
    });
}

#[test]
fn two_who_come_at_once_cook_once_and_both_see_all_of_it() {
    std::check(|| {
        let (pot, bones) = (Arc::new(Pot::new()), Arc::new(AtomicU32::new(0)));
        let cooked = Arc::new(Count::new(0));
        let ask = |stock| {
            let (pot, bones, cooked) = (Arc::clone(&pot), Arc::clone(&bones), Arc::clone(&cooked));
            move || {
                let got = pot.get_or_cook(|| {
                    cooked.fetch_add(1, Relaxed);
                    stock_of_bones(&bones, stock)
                });
                assert_eq!(bones.load(Relaxed), 3, "bones that are seen to have gone in");
                got
            }
        };
        let other = thread::spawn(ask(8));
        let mine = ask(7)();
        let theirs = other.join().unwrap();
        assert_eq!(cooked.load(Relaxed), 1, "how often it was cooked");
        assert_eq!(mine, theirs, "both get the same stock");
        assert!([7, 8].contains(&mine), "{mine} was never cooked: one cook would give 7, one 8");
    });
}
