//! Two cooks and no lock: all that an ordering allows, how much of it is seen here, and what sharing costs.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use interleave::sync::atomic as explored;
use threads::litmus::{Apart, Atomic, Litmus, Order, Outcome};
use threads::stdout::say;
use tracing::{info, info_span};

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    say("Write a note, then look for the other's. What may the two read?");
    let zeros = Order::ALL.map(|order| put_to_the_test(Litmus::NoteThenLook, order, &knobs));
    say("Write a dish, then raise a flag. What may flag and dish read?");
    let old = Order::ALL.map(|order| put_to_the_test(Litmus::DishThenFlag, order, &knobs));
    let counted = [(); 5].map(|()| {
        let _ = recorder.take(); // the chart shows the last time, the facts the middle one
        count_five_ways(&knobs)
    });
    let [one, locked, own_lock, near, apart] = [0, 1, 2, 3, 4].map(|way| {
        let mut five = counted.map(|ns| ns[way]);
        five.sort_by(f64::total_cmp);
        five[2]
    });
    say(format!("2 cooks count {} plates each, in five ways; no plate is lost.", knobs.plates));
    info!(
        target: "measured",
        both_zero_percent_relaxed = zeros[0], both_zero_percent_relacq = zeros[1],
        both_zero_percent_seqcst = zeros[2], old_dish_percent_relaxed = old[0],
        old_dish_percent_relacq = old[1], old_dish_percent_seqcst = old[2],
        one_atomic_ns = one, locked_ns = locked, own_lock_ns = own_lock, near_ns = near, apart_ns = apart,
        locked_over_own_lock = locked / own_lock, own_lock_over_apart = own_lock / apart,
        near_over_apart = near / apart,
    );
    recorder
        .finish()
        .show_titled("one atomic; one lock; a lock each; an atomic each, near and apart");
}

/// Says every outcome that the ordering allows. Returns how often, in percent, this machine came up with the
/// one that no taking of turns can explain.
fn put_to_the_test(litmus: Litmus, order: Order, knobs: &Knobs) -> Option<f64> {
    if knobs.order.is_some_and(|only| only != order) {
        return None;
    }
    let allowed = explore(litmus, order);
    let outcomes: Vec<_> = allowed.iter().map(|[one, other]| format!("{one}{other}")).collect();
    say(format!("  {order:<16}{}", outcomes.join(" ")));
    let seen = litmus.play_here(order, knobs.iters, Duration::from_millis(200));
    assert!(seen.keys().all(|outcome| allowed.contains(outcome)), "{seen:?} against {allowed:?}");
    let surprises = seen.get(&litmus.surprise()).copied().unwrap_or(0);
    Some(f64::from(surprises) * 100.0 / f64::from(seen.values().sum::<u32>()))
}

/// Plays every run that the memory model knows: all that this ordering allows, on whatever processor.
fn explore(litmus: Litmus, order: Order) -> BTreeSet<Outcome> {
    let found = Arc::new(Mutex::new(BTreeSet::new()));
    let outcomes = Arc::clone(&found);
    let report = interleave::Explorer::new().explore(move || {
        let [x, y] = [0, 0].map(|zero| Explored(explored::AtomicU32::new(zero)));
        let [one, other] = interleave::thread::scope(|kitchen| {
            let other = kitchen.spawn(|| litmus.play(1, &x, &y, order));
            [litmus.play(0, &x, &y, order), other.join().unwrap()]
        });
        outcomes.lock().unwrap().insert([one[0] + other[0], one[1] + other[1]]);
    });
    assert!(report.complete, "{report}");
    found.lock().unwrap().clone()
}

/// An atomic that lets the explorer say what each load reads.
struct Explored(explored::AtomicU32);

impl Atomic for Explored {
    fn load(&self, order: Ordering) -> u32 {
        self.0.load(order)
    }

    fn store(&self, value: u32, order: Ordering) {
        self.0.store(value, order);
    }
}

/// Both cooks count their plates: on one atomic, under one lock, under a lock each, on an atomic each, near and
/// apart. Returns the nanoseconds that a plate took in each way.
fn count_five_ways(knobs: &Knobs) -> [f64; 5] {
    let (one, locked) = (Apart(AtomicU64::new(0)), Apart(Mutex::new(0)));
    let locks = [0, 0].map(|zero| Apart(Mutex::new(zero)));
    let own = Apart([0; 32].map(AtomicU64::new));
    let gate = Barrier::new(2);
    // Relaxed: a count carries nothing else with it. No plate is lost since `fetch_add` is one step.
    let add = |counter: &AtomicU64| _ = counter.fetch_add(1, Ordering::Relaxed);
    let count = |cook: usize| {
        [
            timed("one atomic", &gate, knobs, || add(&one.0)),
            timed("one lock", &gate, knobs, || *locked.0.lock().unwrap() += 1),
            timed("own lock", &gate, knobs, || *locks[cook].0.lock().unwrap() += 1),
            timed("near", &gate, knobs, || add(&own.0[cook])),
            timed("apart", &gate, knobs, || add(&own.0[cook * knobs.pad / 8])),
        ]
    };
    let times = thread::scope(|kitchen| {
        let cooks = [0, 1].map(|cook| {
            let named = thread::Builder::new().name(format!("cook {cook}"));
            named.spawn_scoped(kitchen, move || count(cook)).unwrap()
        });
        cooks.map(|cook| cook.join().unwrap())
    });
    let under_locks = [locked].into_iter().chain(locks).map(|lock| lock.0.into_inner().unwrap());
    let of_their_own: u64 = own.0.into_iter().map(AtomicU64::into_inner).sum();
    let counted = one.0.into_inner() + under_locks.sum::<u64>() + of_their_own;
    assert_eq!(counted, 5 * 2 * knobs.plates, "five ways, two cooks, and no plate is lost");
    [0, 1, 2, 3, 4].map(|way| f64::max(times[0][way], times[1][way]))
}

/// Begins together with the other cook; returns the nanoseconds per plate.
fn timed(way: &str, gate: &Barrier, knobs: &Knobs, add: impl Fn()) -> f64 {
    info_span!("wait", on = "the other").in_scope(|| gate.wait());
    let (_count, begin) = (info_span!("count", way).entered(), Instant::now());
    (0..knobs.plates).for_each(|_| add());
    begin.elapsed().as_nanos() as f64 / knobs.plates as f64
}

/// Litmus tests of memory orderings, and five ways to count.
#[derive(Parser)]
struct Knobs {
    /// The ordering to test: relaxed, relacq or seqcst; all three in turn if left out
    #[arg(long)]
    order: Option<Order>,
    /// Rounds of each test on this machine; fewer if they take longer than 200 ms
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1..))]
    iters: u32,
    /// Plates that each cook counts in each way
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    plates: u64,
    /// Bytes from one cook's atomic to the other's where they are apart; a multiple of 8
    #[arg(long, default_value_t = 128, value_parser = RangedU64ValueParser::<usize>::new().range(8..=248))]
    pad: usize,
}
