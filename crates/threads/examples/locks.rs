//! Cooks read a menu that the chef rewrites: whom each kind of lock lets in, and what a panic leaves behind.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use clap::builder::RangedU64ValueParser;
use clap::{Parser, ValueEnum};
use threads::menu::{Lock, Menu};
use threads::panics;
use threads::stdout::say;
use tracing::info_span;

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    panics::announce_in_one_line();
    let one_by_one = knobs.hold() * (knobs.readers as u32 + 1); // if no two hold the menu at once
    for lock in knobs.lock.map_or(Lock::ALL.to_vec(), |lock| vec![lock]) {
        let menu = lock.around(vec![40; knobs.readers]);
        let begin = Instant::now();
        let (most_inside, old_prices) = rewrite_and_read(&menu, lock, &knobs);
        let speedup = one_by_one.div_duration_f64(begin.elapsed());
        say(format!("{lock}\n  readers inside at once: {most_inside} of {}", knobs.readers));
        let mut record = recorder.take();
        record.measure(&format!("{lock}_speedup"), speedup);
        record.measure(&format!("{lock}_old_prices_read"), old_prices as f64);
        record.show_titled(&lock.to_string());

        let again = menu.lets_its_holder_in_again();
        let answer = if again { "gets it" } else { "would wait for itself" };
        say(format!("  the holder takes it again: {answer}"));

        panic_with_the_lock(&menu, knobs.panic_in_lock);
        let _ = recorder.take(); // nothing to see: it is over in no time
        let prices: Vec<_> = menu.prices().iter().map(u32::to_string).collect();
        say(format!("  after a panic the menu says: {}", prices.join(" ")));
        say(format!("  locks poisoned: {} of {}", menu.poisoned(), menu.locks()));

        assert_eq!(most_inside, if lock.admits_all_readers() { knobs.readers } else { 1 });
        assert_eq!(again, lock == Lock::Reentrant);
        assert!(old_prices == 0 || lock == Lock::Sharded, "the chef had the whole menu first");
    }
}

/// The chef rewrites the menu, and everybody waits to read it. Returns how many read at
/// once, and how many an old price.
fn rewrite_and_read(menu: &Menu, lock: Lock, knobs: &Knobs) -> (usize, usize) {
    let all_are_here = Barrier::new(knobs.readers + 1);
    // Whom the lock lets in together stay until all are in, so that a busy machine cannot part them.
    let all_are_in = Barrier::new(if lock.admits_all_readers() { knobs.readers } else { 1 });
    // Relaxed: the counts order nothing, and are read after the join.
    let (inside, most, old) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let rewrite = |dish, price: &mut u32| {
        if dish == 0 {
            all_are_here.wait(); // with the lock in hand
        }
        let _write = info_span!("write").entered();
        thread::sleep(knobs.hold() / knobs.readers as u32);
        *price += 1;
    };
    let read = |price| {
        most.fetch_max(inside.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        info_span!("wait", on = "the others").in_scope(|| all_are_in.wait());
        let _read = info_span!("read", price).entered();
        thread::sleep(knobs.hold());
        old.fetch_add(usize::from(price == 40), Ordering::Relaxed);
        inside.fetch_sub(1, Ordering::Relaxed);
    };
    thread::scope(|kitchen| {
        hire(kitchen, "chef", || menu.rewrite(rewrite));
        for cook in 0..knobs.readers {
            let (all_are_here, read) = (&all_are_here, &read);
            hire(kitchen, &format!("cook {cook}"), move || {
                all_are_here.wait();
                menu.read(cook, read);
            });
        }
    });
    (most.into_inner(), old.into_inner())
}

/// Somebody panics while holding the lock: the reader of the first dish, or the chef, halfway through.
fn panic_with_the_lock(menu: &Menu, who: Who) {
    let half = menu.prices().len() / 2;
    let faint = || match who {
        Who::Reader => menu.read(0, |_| panic!("fainted while reading")),
        Who::Writer => menu.rewrite(|dish, price| {
            assert!(dish < half, "fainted halfway through");
            *price += 1;
        }),
    };
    let name = if who == Who::Reader { "cook 0" } else { "chef" };
    let outcome = thread::scope(|kitchen| hire(kitchen, name, faint).join());
    assert!(outcome.is_err(), "the panic is in the handle");
}

/// Starts a thread with a name, for the chart and for the message of a panic.
fn hire<'scope>(
    kitchen: &'scope Scope<'scope, '_>,
    name: &str,
    job: impl FnOnce() + Send + 'scope,
) -> ScopedJoinHandle<'scope, ()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn_scoped(kitchen, job)
        .expect("a thread starts")
}

/// Cooks and a chef share a menu, under each kind of lock.
#[derive(Parser)]
struct Knobs {
    /// What guards the menu: mutex, rwlock, reentrant or sharded; all four in turn if left out
    #[arg(long)]
    lock: Option<Lock>,
    /// Milliseconds for which each reader, and the chef, holds the lock
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=1000))]
    hold_ms: u64,
    /// Cooks who read; each has a dish of his own
    #[arg(long, default_value_t = 8, value_parser = RangedU64ValueParser::<usize>::new().range(1..=16))]
    readers: usize,
    /// Who panics with the lock in hand, after all that
    #[arg(long, value_enum, default_value_t = Who::Writer)]
    panic_in_lock: Who,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Who {
    Writer,
    Reader,
}

impl Knobs {
    fn hold(&self) -> Duration {
        Duration::from_millis(self.hold_ms)
    }
}
