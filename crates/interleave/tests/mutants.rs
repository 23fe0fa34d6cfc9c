//! Searches spoiled on purpose: the tests of this crate tell each of them from a sound one.

#[path = "differential/mod.rs"]
mod differential;

use differential::compare::{Compared, Effort, first_difference};
use interleave::sync::Mutex;
use interleave::{Explorer, Flaw, thread};

/// How many random programs a mistake may survive.
const PROGRAMS: u64 = 200;

fn is_noticed(flaw: Flaw) {
    is_noticed_from(0, flaw);
}

/// For mistakes that random programs rarely bring to light: begins shortly before one that does.
fn is_noticed_from(first: u64, flaw: Flaw) {
    let spoiled = Explorer::new().max_runs(5_000).spoil(flaw);
    let mut survived = Effort::default();
    for number in first..first + PROGRAMS {
        match first_difference(&spoiled, number, 300) {
            Ok(Compared::Alike(effort)) => survived += effort,
            Ok(Compared::TooLarge) => {}
            Err(difference) => {
                println!("{flaw:?} survives {survived:?} and is noticed at {difference}");
                return;
            }
        }
    }
    panic!("{flaw:?} was not noticed");
}

#[test]
fn sleepers_that_never_wake_are_noticed() {
    is_noticed(Flaw::NeverWakeSleepers);
}

#[test]
fn a_race_that_is_skipped_is_noticed() {
    is_noticed(Flaw::SkipARace);
}

/// Philosophers at a round table of five who take the lower fork first: 30 ways to eat.
fn philosophers(explorer: &Explorer) -> u64 {
    let body = || {
        let forks: Vec<_> = (0..5).map(|_| Mutex::new(())).collect();
        thread::scope(|scope| {
            for seat in 0..5 {
                let next = (seat + 1) % 5;
                let (first, second) = (&forks[seat.min(next)], &forks[seat.max(next)]);
                scope.spawn(move || {
                    let _first = first.lock().unwrap();
                    let _second = second.lock().unwrap();
                });
            }
        });
    };
    explorer.explore(body).runs
}

#[test]
fn forgotten_initials_are_noticed() {
    assert_eq!(philosophers(&Explorer::new()), 30);
    // The rule of 2005 with sleep sets, which passes every case and misses one of thirty ways.
    assert_eq!(philosophers(&Explorer::new().spoil(Flaw::ForgetInitials)), 29);
}

#[test]
fn threads_that_are_stuck_while_others_sleep_and_ignored_are_noticed() {
    // The first version of this engine made this mistake, and passed more than 10,000 random programs.
    is_noticed_from(500_603, Flaw::IgnoreTheBlocked);
}

#[test]
fn forgotten_reads_are_noticed() {
    is_noticed_from(660, Flaw::ForgetReads);
}

#[test]
fn looks_that_are_counted_and_forgotten_are_noticed() {
    // The reference knows nothing of loops, so it sees the news come at each look.
    is_noticed(Flaw::ForgetCountedLooks);
}

#[test]
fn releases_taken_for_races_are_noticed() {
    is_noticed(Flaw::TurnRoundReleases);
}

#[test]
fn threads_that_are_stuck_and_ignored_are_noticed() {
    is_noticed(Flaw::IgnoreTheStuck);
}
