//! Judges `publish` under every schedule and every value a load may read: a flag that is up shows a whole special.

extern crate core as real;
extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/publish.rs"]
mod exercise;

// The real atomic: what it notes is about all schedules together, so it must outlive each.
use real::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::{hint, thread};

use exercise::Board;

/// Dish 7 for 12: neither is the 0 of an empty board.
const SPECIAL: (u32, u32) = (7, 12);

/// A board on which another thread is about to publish the special.
fn about_to_be_published() -> (Arc<Board>, thread::JoinHandle<()>) {
    let board = Arc::new(Board::new());
    let chefs = Arc::clone(&board);
    (board, thread::spawn(move || chefs.publish(SPECIAL.0, SPECIAL.1)))
}

#[test]
fn an_empty_board_shows_nothing_and_a_published_one_its_special() {
    let board = Board::new();
    assert_eq!(board.read(), None, "nothing has been published");
    board.publish(SPECIAL.0, SPECIAL.1);
    assert_eq!(board.read(), Some(SPECIAL), "published by this very thread");
}

#[test]
fn a_special_of_zeros_is_a_special() {
    let board = Board::new();
    board.publish(0, 0);
    assert_eq!(board.read(), Some((0, 0)), "the flag is up, whatever the board says");
}

#[test]
fn whoever_sees_the_flag_sees_the_whole_special() {
    std::check(|| {
        let (board, chef) = about_to_be_published();
        if let Some(seen) = board.read() {
            assert_eq!(seen, SPECIAL, "the flag was up, and this was read");
        }
        chef.join().unwrap();
        assert_eq!(board.read(), Some(SPECIAL), "the chef has gone home");
    });
}

#[test]
fn whoever_waits_for_the_flag_gets_the_special() {
    std::check(|| {
        let (board, chef) = about_to_be_published();
        let seen = loop {
            match board.read() {
                Some(special) => break special,
                None => hint::spin_loop(),
            }
        };
        assert_eq!(seen, SPECIAL, "the flag was up, and this was read");
        chef.join().unwrap();
    });
}

#[test]
fn what_one_board_tells_is_still_known_at_the_next() {
    std::check(|| {
        let (board, chef) = about_to_be_published();
        let (first, next) = (Arc::clone(&board), Arc::new(Board::new()));
        let copy = Arc::clone(&next);
        let copyist = thread::spawn(move || {
            if let Some((dish, price)) = first.read() {
                copy.publish(dish, price);
            }
        });
        if next.read().is_some() {
            assert_eq!(board.read(), Some(SPECIAL), "the copy is up, so the original must be");
        }
        chef.join().unwrap();
        copyist.join().unwrap();
    });
}

#[test]
fn the_orderings_are_not_stronger_than_needed() {
    static BOTH_SAW_NOTHING: AtomicBool = AtomicBool::new(false);
    std::check(|| {
        let boards = [Arc::new(Board::new()), Arc::new(Board::new())];
        // Two chefs: each publishes on a board of her own, then looks at the other's.
        let [first, second] = [(0, 1), (1, 0)].map(|(own, other)| {
            let (own, other) = (Arc::clone(&boards[own]), Arc::clone(&boards[other]));
            thread::spawn(move || {
                own.publish(SPECIAL.0, SPECIAL.1);
                other.read()
            })
        });
        let seen = [first.join().unwrap(), second.join().unwrap()];
        if seen == [None, None] {
            // Relaxed: looked at when all schedules are over.
            BOTH_SAW_NOTHING.store(true, Ordering::Relaxed);
        }
    });
    assert!(
        BOTH_SAW_NOTHING.load(Ordering::Relaxed),
        "in no run did both chefs find the other's flag still down. One order of all flags, the same for everybody, \
         forbids it (SeqCst); whoever sees a flag must see the special, and nobody has asked for more"
    );
}
