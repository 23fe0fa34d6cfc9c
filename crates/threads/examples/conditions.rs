//! Waiters want a plate, the cook rings a bell: who waits for the bell, and who for the plate?

use std::thread;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use threads::bell::{Notify, Pass, State, wait_for_a_plate, wait_for_the_bell};
use threads::stdout::say;
use tracing::{info, info_span};

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    for predicate in one_or_all(knobs.predicate) {
        for order in one_or_all(knobs.order) {
            let title = format!("predicate {}, {}", name(&predicate), name(&order));
            let State { fed, empty_handed, asleep, .. } = open_the_pass(&knobs, predicate, order);
            say(format!("{title}: {fed} fed, {empty_handed} empty-handed, {asleep} left asleep"));
            recorder.take().show_titled(&title);
            let one_ring_for_many = order == Order::WaitFirst && knobs.notify == Notify::One;
            if predicate == Predicate::Yes {
                assert_eq!(empty_handed, 0, "who looks is never deceived");
                assert!(asleep == 0 || one_ring_for_many, "nobody sleeps on beside a plate");
            } else if order == Order::NotifyFirst {
                assert_eq!(asleep, knobs.waiters, "a bell that has rung cannot be heard later");
            }
        }
    }
    // A thread of its own, since others may have left main a token: the end of a scope does.
    let parker = thread::Builder::new().name("parker".into()).spawn(park_twice).unwrap();
    assert!(parker.join().unwrap(), "two unparks leave one token");
    say("Two unparks, then two parks: the first returns at once, the second sleeps");
    recorder.finish().show_titled("two unparks, two parks");
}

/// Long enough to be seen in the chart; nothing is decided by it.
const BEAT: Duration = Duration::from_millis(100);

/// A plate for each waiter, and one ring. Returns what would be so for ever.
fn open_the_pass(knobs: &Knobs, predicate: Predicate, order: Order) -> State {
    let pass = &Pass::default();
    thread::scope(|scope| {
        let hire_waiters = || {
            for number in 1..=knobs.waiters {
                let job: fn(&Pass) = match predicate {
                    Predicate::No => wait_for_the_bell,
                    Predicate::Yes => wait_for_a_plate,
                };
                let named = thread::Builder::new().name(format!("waiter-{number}"));
                named.spawn_scoped(scope, move || job(pass)).unwrap();
            }
        };
        let mut early = 0;
        if order == Order::WaitFirst {
            hire_waiters();
            early = knobs.waiters;
        }
        pass.until_nobody_moves(early);
        if knobs.spurious {
            pass.put(0, knobs.notify);
            pass.until_nobody_moves(early);
        }
        wait("the stove");
        pass.put(knobs.waiters, knobs.notify);
        if order == Order::NotifyFirst {
            hire_waiters();
        }
        let for_ever = pass.until_nobody_moves(knobs.waiters);
        wait("closing time");
        pass.put(0, Notify::All); // so that this program ends; yours would wait for its sleepers
        for_ever
    })
}

/// A park looks at no fact, only for a token; and there is one, however often it is left.
fn park_twice() -> bool {
    thread::current().unpark();
    thread::current().unpark();
    let start = Instant::now();
    info_span!("wait", on = "a token").in_scope(thread::park);
    let (first, start) = (start.elapsed(), Instant::now());
    info_span!("wait", on = "a token").in_scope(|| thread::park_timeout(BEAT));
    let second = start.elapsed();
    info!(target: "measured", first_park_ms = first.as_millis(), second_park_ms = second.as_millis());
    second >= BEAT
}

fn wait(on: &str) {
    let _wait = info_span!("wait", on).entered();
    thread::sleep(BEAT);
}

/// A plate for every waiter, and a bell: with and without looking at the plates.
#[derive(Parser)]
struct Knobs {
    /// Waiters, who want a plate each
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=6))]
    waiters: u32,
    /// Whether a waiter looks for a plate, before and after the sleep; both in turn if left out
    #[arg(long)]
    predicate: Option<Predicate>,
    /// Whom a ring wakes: one, or all
    #[arg(long, default_value = "all")]
    notify: Notify,
    /// Who comes first, the bell or the waiters; both in turn if left out
    #[arg(long)]
    order: Option<Order>,
    /// Ring once for nothing, before the plates are there
    #[arg(long)]
    spurious: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Predicate {
    No,
    Yes,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Order {
    NotifyFirst,
    WaitFirst,
}

fn one_or_all<T: ValueEnum + Clone>(chosen: Option<T>) -> Vec<T> {
    chosen.map_or_else(|| T::value_variants().to_vec(), |one| vec![one])
}

fn name(value: &impl ValueEnum) -> String {
    value.to_possible_value().expect("no value is skipped").get_name().to_owned()
}
