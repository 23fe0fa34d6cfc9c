//! Judges `reusable_barrier` under every schedule: nobody goes early, nobody is left behind, in any round.

extern crate interleave as core;
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

/// The other one has gone home after two rounds, so the third is never complete: no run may come to its end.
#[test]
fn in_the_third_round_one_alone_waits_as_well() {
    let one_round_more = || {
        let barrier = Arc::new(Barrier::new(2));
        let theirs = Arc::clone(&barrier);
        let _other = thread::spawn(move || (0..2).for_each(|_| _ = theirs.wait()));
        (0..3).for_each(|_| _ = barrier.wait());
    };
    let fault = Explorer::new().explore(one_round_more).fault;
    assert!(fault.is_some(), "somebody went on in round 3, alone of a party of two");
}

/// One is slow to wake, and the quick ones are back at once: the slow one is free before the second round is complete.
#[test]
fn who_is_back_at_once_takes_nobodys_wake() {
    let second_round_while_one_wakes = || {
        let barrier = Arc::new(Barrier::new(3));
        let arrive = |rounds| {
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || (0..rounds).for_each(|_| _ = barrier.wait()))
        };
        let (slow, quick) = (arrive(1), arrive(2));
        barrier.wait();
        slow.join().unwrap();
        let third = arrive(1);
        barrier.wait();
        [third, quick].into_iter().for_each(|guest| guest.join().unwrap());
    };
    let glance = Explorer::new().max_runs(300).explore(second_round_while_one_wakes);
    // A barrier that looks again and again loses no wake, and has too many schedules to go through them all.
    if glance.complete || glance.fault.is_some() {
        std::check(second_round_while_one_wakes);
    }
}

#[test]
fn who_wakes_for_nothing_waits_on() {
    Explorer::new().spurious_wakes(1).check(|| Party::dine(2, 1));
}
