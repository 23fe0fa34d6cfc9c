//! Judges `reusable_barrier` under every schedule: nobody goes early, nobody is left behind, in any round.

extern crate interleave as std;

#[path = "../threads/reusable_barrier.rs"]
mod exercise;

use std::Explorer;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

use exercise::Barrier;

/// A party that counts, for each round, who has come and who was told to lead.
struct Party {
    size: usize,
    barrier: Barrier,
    rounds: Vec<Round>,
}

#[derive(Default)]
struct Round {
    arrived: AtomicUsize,
    leaders: AtomicUsize,
}

impl Party {
    /// Everybody of a party of `size` goes through so many rounds.
    fn dine(size: usize, rounds: usize) {
        let rounds = (0..rounds).map(|_| Round::default()).collect();
        let party = Arc::new(Self { size, barrier: Barrier::new(size), rounds });
        let others: Vec<_> = (1..size)
            .map(|_| {
                let party = Arc::clone(&party);
                thread::spawn(move || party.meet())
            })
            .collect();
        party.meet();
        others.into_iter().for_each(|other| other.join().unwrap());
        for (round, counts) in (1..).zip(&party.rounds) {
            assert_eq!(counts.leaders.load(SeqCst), 1, "leaders in round {round}");
        }
    }

    fn meet(&self) {
        for (round, counts) in (1..).zip(&self.rounds) {
            counts.arrived.fetch_add(1, SeqCst);
            let leads = self.barrier.wait();
            let arrived = counts.arrived.load(SeqCst);
            assert_eq!(arrived, self.size, "somebody went on in round {round}; arrived");
            if leads {
                counts.leaders.fetch_add(1, SeqCst);
            }
        }
    }
}

#[test]
fn a_party_of_one_leads_itself_and_never_waits() {
    std::check(|| Party::dine(1, 1));
}

#[test]
fn nobody_goes_on_before_both_are_there() {
    std::check(|| Party::dine(2, 1));
}

#[test]
fn the_last_of_three_sets_both_others_free() {
    std::check(|| {
        let barrier = Arc::new(Barrier::new(3));
        let others = [(); 2].map(|()| {
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || barrier.wait())
        });
        let lead = usize::from(barrier.wait());
        let leaders: usize = others.map(|other| usize::from(other.join().unwrap())).iter().sum();
        assert_eq!(lead + leaders, 1, "leaders of a party of three");
    });
}

#[test]
fn in_the_second_round_everybody_waits_again() {
    std::check(|| Party::dine(2, 2));
}

#[test]
fn who_wakes_for_nothing_waits_on() {
    Explorer::new().spurious_wakes(1).check(|| Party::dine(2, 1));
}
