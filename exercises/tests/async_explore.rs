//! Judges `async_explore` under every order of polling, with guests who walk away at every await.

extern crate core as real;
extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/async_explore.rs"]
mod exercise;

// The real atomic: what the bank counts is none of the shop's steps.
use real::sync::atomic::{AtomicU32 as Count, Ordering::SeqCst};
use std::sync::Arc;
use std::tasks::{self, yield_now};

use exercise::Shop;
use tokio::sync::Barrier;

/// A bank that thinks once, and notes whom it has charged.
struct Bank {
    pays: bool,
    charged: Count,
}

impl Bank {
    fn new(pays: bool) -> Arc<Self> {
        Arc::new(Self { pays, charged: Count::new(0) })
    }

    fn charged(&self) -> u32 {
        self.charged.load(SeqCst)
    }
}

/// A guest at the shop; the value says whether she has a portion.
async fn guest(shop: Arc<Shop>, bank: Arc<Bank>) -> bool {
    let pay = async {
        yield_now().await;
        if bank.pays {
            bank.charged.fetch_add(1, SeqCst);
        }
        bank.pays
    };
    shop.sell(pay).await
}

/// A shop with so many portions, and two guests who come at the same time. How many have bought?
fn two_guests(shop: &Arc<Shop>, banks: [&Arc<Bank>; 2]) -> u32 {
    let guests = banks.map(|bank| tasks::spawn(guest(Arc::clone(shop), Arc::clone(bank))));
    guests.map(|guest| u32::from(guest.join().unwrap())).iter().sum()
}

#[test]
fn one_guest_after_the_other_is_served_while_there_is_soup() {
    std::check(|| {
        let (shop, bank) = (Arc::new(Shop::new(1)), Bank::new(true));
        let come = || tasks::spawn(guest(Arc::clone(&shop), Arc::clone(&bank))).join().unwrap();
        assert!(come(), "there is a portion, and the bank has paid");
        assert!(!come(), "there was one portion, and it is sold");
        assert_eq!(bank.charged(), 1, "guests who were charged for the one portion");
        assert_eq!(shop.left(), 0);
    });
}

#[test]
fn two_guests_at_once_buy_two_portions() {
    std::check(|| {
        let (shop, bank) = (Arc::new(Shop::new(2)), Bank::new(true));
        assert_eq!(two_guests(&shop, [&bank, &bank]), 2, "guests with a portion; there were two");
        assert_eq!(shop.left(), 0, "portions left of two, and two were sold");
    });
}

#[test]
fn the_last_portion_is_sold_once_and_paid_for_once() {
    std::check(|| {
        let (shop, bank) = (Arc::new(Shop::new(1)), Bank::new(true));
        assert_eq!(two_guests(&shop, [&bank, &bank]), 1, "guests with a portion; there was one");
        assert_eq!(bank.charged(), 1, "guests who were charged for the one portion");
        assert_eq!(shop.left(), 0);
    });
}

#[test]
fn a_portion_that_the_bank_refuses_is_for_the_next() {
    std::check(|| {
        let shop = Arc::new(Shop::new(1));
        let (poor, rich) = (Bank::new(false), Bank::new(true));
        let sold = two_guests(&shop, [&poor, &rich]);
        assert_eq!(sold, rich.charged(), "whoever has paid has a portion, and nobody else");
        assert_eq!(shop.left() + sold, 1, "left and sold, of one portion");
    });
}

#[test]
fn two_guests_can_pay_at_the_same_time() {
    std::check(|| {
        let (shop, both) = (Arc::new(Shop::new(2)), Arc::new(Barrier::new(2)));
        let guests = [(); 2].map(|()| {
            let (shop, both) = (Arc::clone(&shop), Arc::clone(&both));
            // These banks answer when both are asked: who lets one guest pay at a time waits for ever.
            let pay = async move { both.wait().await.is_leader() || true };
            tasks::spawn(async move { shop.sell(pay).await })
        });
        assert_eq!(guests.map(|guest| guest.join().unwrap()), [true, true]);
    });
}

#[test]
fn a_guest_who_walks_away_leaves_the_portion_to_the_next() {
    std::check(|| {
        let (shop, bank) = (Arc::new(Shop::new(1)), Bank::new(true));
        let hasty = tasks::spawn_cancellable(guest(Arc::clone(&shop), Arc::clone(&bank)));
        let has_bought = hasty.join().unwrap() == Some(true);
        let left = if has_bought { 0 } else { 1 };
        assert_eq!(shop.left(), left, "portions left; one guest came and bought: {has_bought}");
    });
}

#[test]
fn whoever_walks_away_takes_nothing_from_the_others() {
    std::check(|| {
        let (shop, bank) = (Arc::new(Shop::new(2)), Bank::new(true));
        let hasty = tasks::spawn_cancellable(guest(Arc::clone(&shop), Arc::clone(&bank)));
        let patient = tasks::spawn(guest(Arc::clone(&shop), Arc::clone(&bank)));
        assert!(patient.join().unwrap(), "there is a portion for each of the two");
        let sold = 1 + u32::from(hasty.join().unwrap() == Some(true));
        assert_eq!(shop.left() + sold, 2, "left and sold, of two portions");
        assert_eq!(bank.charged(), sold, "guests who were charged");
    });
}
