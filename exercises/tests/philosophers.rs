//! Judges `philosophers` under every schedule: nobody gets stuck, no fork is in two hands.

extern crate core as real;
extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/philosophers.rs"]
mod exercise;

// The real atomics: what they count is about all schedules together, so it must outlive each.
use real::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use exercise::Table;

/// A table whose forks know whether they are in a hand.
struct Dinner {
    table: Table,
    in_hand: Vec<AtomicBool>,
    /// Not the explorer's: nobody waits for it, so it need not make more schedules.
    meals: AtomicUsize,
}

impl Dinner {
    fn new(seats: usize) -> Arc<Self> {
        let in_hand = (0..seats).map(|_| AtomicBool::new(false)).collect();
        Arc::new(Self { table: Table::new(seats), in_hand, meals: AtomicUsize::new(0) })
    }

    fn eat(&self, seat: usize) {
        let forks = [seat, (seat + 1) % self.in_hand.len()];
        self.table.eat(seat, || {
            self.meals.fetch_add(1, SeqCst);
            for fork in forks {
                assert!(
                    !self.in_hand[fork].swap(true, SeqCst),
                    "fork {fork} is in two hands at once"
                );
            }
            for fork in forks {
                self.in_hand[fork].store(false, SeqCst);
            }
        });
    }
}

/// Everybody at a table for `seats` eats once, under every schedule.
fn dine(seats: usize) {
    std::check(move || {
        let dinner = Dinner::new(seats);
        let others: Vec<_> = (1..seats)
            .map(|seat| {
                let dinner = Arc::clone(&dinner);
                thread::spawn(move || dinner.eat(seat))
            })
            .collect();
        dinner.eat(0);
        others.into_iter().for_each(|other| other.join().unwrap());
        assert_eq!(dinner.meals.load(SeqCst), seats, "meals, when {seats} sat down to eat");
    });
}

#[test]
fn a_meal_is_eaten_once() {
    let meals = AtomicUsize::new(0);
    Table::new(2).eat(0, || _ = meals.fetch_add(1, SeqCst));
    assert_eq!(meals.into_inner(), 1, "`eat` must run the meal once");
}

#[test]
fn two_at_the_table_never_get_stuck() {
    dine(2);
}

#[test]
fn three_at_the_table_never_get_stuck() {
    dine(3);
}

#[test]
fn two_who_share_no_fork_can_eat_at_once() {
    static MOST_AT_ONCE: AtomicUsize = AtomicUsize::new(0);
    std::check(|| {
        let table = Arc::new(Table::new(4));
        let eating = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let eat = |seat| {
            let (table, eating) = (Arc::clone(&table), Arc::clone(&eating));
            move || {
                table.eat(seat, || {
                    MOST_AT_ONCE.fetch_max(eating.fetch_add(1, SeqCst) + 1, SeqCst);
                    eating.fetch_sub(1, SeqCst);
                });
            }
        };
        let other = thread::spawn(eat(2));
        eat(0)();
        other.join().unwrap();
    });
    assert_eq!(
        MOST_AT_ONCE.load(SeqCst),
        2,
        "in no schedule did seats 0 and 2 of 4 eat at the same time"
    );
}
