//! Judges `which_lock` under every schedule: both sentences hold, and nobody waits for a lock without need.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/which_lock.rs"]
mod exercise;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;

use exercise::Books;

/// Books with these plates on the shelf, and one plate sold for this price.
fn books(on_the_shelf: u32, price: u32) -> Arc<Books> {
    let books = Books::new(on_the_shelf + 1);
    assert!(books.sell(price), "there was a plate on the shelf");
    Arc::new(books)
}

#[test]
fn a_sale_and_a_payment_change_what_they_should() {
    let books = books(1, 9);
    assert_eq!((books.plates(), books.coins()), ((1, 1), 9), "one of two plates was sold for 9");
    let mut counted = 0;
    assert!(books.pay_out(5, || counted += 1), "there are 9 coins, and 5 are paid out");
    assert_eq!((books.plates(), books.coins()), ((1, 1), 4), "5 of 9 coins were paid out");
    assert_eq!(counted, 1, "`count_coins` runs once for each payment");
}

#[test]
fn what_is_not_there_is_neither_sold_nor_paid() {
    let books = books(0, 9);
    assert!(!books.sell(7), "the shelf is empty");
    assert!(!books.pay_out(10, || panic!("there is nothing to count")), "9 coins are not 10");
    assert_eq!((books.plates(), books.coins()), ((0, 1), 9), "nothing was sold, nothing was paid");
}

#[test]
fn whoever_looks_finds_every_plate() {
    std::check(|| {
        let books = Arc::new(Books::new(5));
        let theirs = Arc::clone(&books);
        let seller = thread::spawn(move || theirs.sell(9));
        let (on_the_shelf, sold) = books.plates();
        assert_eq!(on_the_shelf + sold, 5, "of 5 plates, {on_the_shelf} on the shelf, {sold} sold");
        seller.join().unwrap();
    });
}

#[test]
fn the_last_plate_is_sold_once() {
    std::check(|| {
        let books = Arc::new(Books::new(1));
        let theirs = Arc::clone(&books);
        let other = thread::spawn(move || theirs.sell(4));
        let mine = books.sell(4);
        let theirs = other.join().unwrap();
        assert!(mine != theirs, "one plate, two buyers: {mine} and {theirs}");
        assert_eq!((books.plates(), books.coins()), ((0, 1), 4), "one plate was sold for 4");
    });
}

#[test]
fn the_same_coins_are_paid_out_once() {
    std::check(|| {
        let books = books(0, 9);
        let theirs = Arc::clone(&books);
        let other = thread::spawn(move || theirs.pay_out(8, || ()));
        let mine = books.pay_out(8, || ());
        let theirs = other.join().unwrap();
        assert!(mine != theirs, "9 coins pay for one payment of 8: {mine} and {theirs}");
        assert_eq!(books.coins(), 1, "one payment of 8 was made from 9 coins");
    });
}

#[test]
fn only_one_hand_at_a_time_is_in_the_till() {
    std::check(|| {
        let books = books(0, 9);
        let hand_in_the_till = Arc::new(AtomicBool::new(false));
        let pay = |amount| {
            let (books, hand) = (Arc::clone(&books), Arc::clone(&hand_in_the_till));
            move || {
                books.pay_out(amount, || {
                    assert!(!hand.swap(true, SeqCst), "two hands are in the till at once");
                    hand.store(false, SeqCst);
                })
            }
        };
        let other = thread::spawn(pay(8));
        assert!(pay(1)() && other.join().unwrap(), "9 coins pay for 1 and for 8");
    });
}

/// One counts coins; meanwhile somebody asks about plates, and the counting goes on when there is an answer.
#[test]
fn who_asks_about_plates_does_not_wait_for_the_counting_of_coins() {
    std::check(|| {
        let books = books(0, 9);
        let asking = Arc::clone(&books);
        books.pay_out(8, || {
            let asked = thread::spawn(move || asking.plates());
            assert_eq!(asked.join().unwrap(), (0, 1), "one plate, and it was sold");
        });
    });
}

/// As before, with a seller who has a plate in hand and must wait until the till is free.
#[test]
fn who_asks_about_plates_does_not_wait_for_a_seller_who_waits_for_the_till() {
    std::check(|| {
        let books = books(2, 9);
        let (asking, selling) = (Arc::clone(&books), Arc::clone(&books));
        let mut seller = None;
        books.pay_out(8, || {
            seller = Some(thread::spawn(move || selling.sell(4)));
            let asked = thread::spawn(move || asking.plates());
            let (on_the_shelf, sold) = asked.join().unwrap();
            assert_eq!(on_the_shelf + sold, 3, "3 plates in all, on the shelf or sold");
        });
        assert!(seller.expect("a seller came").join().unwrap(), "there were plates on the shelf");
        assert_eq!((books.plates(), books.coins()), ((1, 2), 5), "9 coins, 8 paid out, 4 taken in");
    });
}

#[test]
fn two_who_sell_at_once_both_put_their_coins_into_the_till() {
    std::check(|| {
        let books = Arc::new(Books::new(2));
        let theirs = Arc::clone(&books);
        let other = thread::spawn(move || theirs.sell(9));
        assert!(books.sell(4) && other.join().unwrap(), "there was a plate for each");
        assert_eq!((books.plates(), books.coins()), ((0, 2), 13), "two plates, for 9 and for 4");
    });
}

/// A seller's hand is a hand, too.
#[test]
fn nobody_puts_coins_in_while_somebody_counts_them() {
    std::check(|| {
        let books = books(1, 9);
        let selling = Arc::clone(&books);
        let sold = Arc::new(AtomicBool::new(false));
        let (theirs, mut seller) = (Arc::clone(&sold), None);
        books.pay_out(8, || {
            seller = Some(thread::spawn(move || {
                selling.sell(4);
                theirs.store(true, SeqCst);
            }));
            assert!(!sold.load(SeqCst), "a price went into the till while coins were counted");
        });
        seller.expect("a seller came").join().unwrap();
        assert_eq!(books.coins(), 5, "9 coins, 8 paid out, 4 taken in");
    });
}
