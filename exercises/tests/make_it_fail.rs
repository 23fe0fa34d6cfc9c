//! Judges `make_it_fail`: under every schedule the scenarios let the right pass pass, and catch each wrong one.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../pitfalls/make_it_fail.rs"]
mod exercise;

use std::Explorer;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};

use exercise::{Pass, SCENARIOS};

/// So many schedules are enough for two cooks, two waiters and three plates.
const MOST_SCHEDULES: u64 = 20_000;

/// What a cook has got wrong.
#[derive(Clone, Copy, PartialEq)]
enum Mistake {
    NewestFirst,
    NeverFull,
    LooksOnce,
    OneBell,
    RingsWhenEmpty,
    ClosingWakesOne,
}

/// The pass, right but for the mistake.
struct Built {
    room: usize,
    mistake: Option<Mistake>,
    state: Mutex<State>,
    plate_came: Condvar,
    room_came: Condvar,
}

#[derive(Default)]
struct State {
    plates: VecDeque<u32>,
    is_closed: bool,
}

impl Built {
    fn has(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    /// The bell for who waits for room.
    fn room_bell(&self) -> &Condvar {
        if self.has(Mistake::OneBell) { &self.plate_came } else { &self.room_came }
    }
}

impl Pass for Built {
    fn put(&self, plate: u32) {
        let mut state = self.state.lock().unwrap();
        while state.plates.len() >= self.room && !self.has(Mistake::NeverFull) {
            state = self.room_bell().wait(state).unwrap();
        }
        state.plates.push_back(plate);
        if state.plates.len() == 1 || !self.has(Mistake::RingsWhenEmpty) {
            self.plate_came.notify_one();
        }
    }

    fn take(&self) -> Option<u32> {
        let mut state = self.state.lock().unwrap();
        while state.plates.is_empty() && !state.is_closed {
            state = self.plate_came.wait(state).unwrap();
            if self.has(Mistake::LooksOnce) {
                break;
            }
        }
        let plate = if self.has(Mistake::NewestFirst) {
            state.plates.pop_back()
        } else {
            state.plates.pop_front()
        };
        if plate.is_some() {
            self.room_bell().notify_one();
        }
        plate
    }

    fn close(&self) {
        self.state.lock().unwrap().is_closed = true;
        if self.has(Mistake::ClosingWakesOne) {
            self.plate_came.notify_one();
        } else {
            self.plate_came.notify_all();
        }
    }
}

fn build(mistake: Option<Mistake>) -> impl Fn(usize) -> Arc<dyn Pass> {
    move |room| {
        assert!(room > 0, "a pass has room for at least one plate");
        Arc::new(Built {
            room,
            mistake,
            state: Mutex::default(),
            plate_came: Condvar::new(),
            room_came: Condvar::new(),
        })
    }
}

/// Fails unless one of the scenarios fails with this mistake, under one of its schedules.
fn is_caught(mistake: Mistake, what_it_does: &str) {
    let mut schedules = 0;
    for scenario in SCENARIOS {
        let explorer = Explorer::new().max_runs(MOST_SCHEDULES);
        let report = explorer.explore(move || scenario(&build(Some(mistake))));
        if report.fault.is_some() {
            return;
        }
        schedules += report.runs;
    }
    let count = SCENARIOS.len();
    panic!(
        "not caught: a pass {what_it_does}. Scenarios: {count}, schedules: {schedules}, all fine"
    );
}

#[test]
fn the_right_pass_passes() {
    for scenario in SCENARIOS {
        Explorer::new().max_runs(MOST_SCHEDULES).check(|| scenario(&build(None)));
    }
}

#[test]
fn a_pass_that_gives_the_newest_plate_first_is_caught() {
    is_caught(Mistake::NewestFirst, "whose `take` gives the newest plate, not the oldest");
}

#[test]
fn a_pass_that_is_never_full_is_caught() {
    is_caught(Mistake::NeverFull, "whose `put` never waits, however full it is");
}

#[test]
fn a_pass_that_closes_for_one_waiter_only_is_caught() {
    is_caught(Mistake::ClosingWakesOne, "whose `close` wakes one of those who wait, not all");
}

#[test]
fn a_pass_whose_waiter_looks_only_once_is_caught() {
    is_caught(
        Mistake::LooksOnce,
        "whose `take`, when woken, does not look whether somebody else was faster",
    );
}

#[test]
fn a_pass_that_rings_only_for_the_first_plate_is_caught() {
    is_caught(Mistake::RingsWhenEmpty, "whose `put` wakes nobody unless the pass was empty");
}

#[test]
fn a_pass_with_one_bell_for_cooks_and_waiters_is_caught() {
    is_caught(
        Mistake::OneBell,
        "whose cooks and waiters sleep by one bell, which wakes one of them, perhaps the wrong one",
    );
}
