//! Quick cooks, one slow waiter, and the pass between them: the room on it decides who waits for whom.

use std::sync::mpsc::TryRecvError::{Disconnected, Empty};
use std::sync::mpsc::{self, Receiver, SendError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use indicatif::ProgressBar;
use threads::pass::{Pass, Room, open};
use threads::stdout::say;
use tracing::info_span;

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    let four_kinds = [None, Some(100), Some(2), Some(0)].map(Room);
    for room in knobs.cap.map_or(four_kinds.to_vec(), |cap| vec![cap]) {
        let rush = serve_a_rush(room, &knobs);
        let (ahead, served) = (rush.ahead, rush.served.len());
        say(format!("{room}: {ahead} put down before the first is taken, {served} served"));
        assert_eq!(ahead, room.0.unwrap_or(usize::MAX).min(knobs.items));
        for cook in 0..knobs.producers {
            let from_cook = |plate: &usize| plate % knobs.producers == cook;
            let theirs = rush.served.iter().copied().filter(from_cook);
            assert!(theirs.eq(knobs.share(cook)), "each plate once, in the order of its cook");
        }
        let mut record = recorder.take();
        let fact = format!("{room} cooks done percent").replace(' ', "_");
        record.measure(&fact, rush.cooks_done_percent);
        record.show_titled(&room.to_string());
    }
    close_both_ends();
}

/// What came of ordering all plates at once.
struct Rush {
    /// Plates put down before the waiter came for the first.
    ahead: usize,
    /// In the order in which they were carried away.
    served: Vec<usize>,
    /// Of the time that the waiter took: when was the last plate put down?
    cooks_done_percent: f64,
}

/// All cooks put their plates on one pass, and one waiter carries them away.
fn serve_a_rush(room: Room, knobs: &Knobs) -> Rush {
    let (pass, plates) = open(room);
    let (call, called) = mpsc::channel();
    // What is cooked and not yet carried away.
    let ready = &ProgressBar::new(knobs.items as u64);
    thread::scope(|kitchen| {
        let start = |cook| {
            let (pass, call) = (pass.clone(), call.clone());
            let named = thread::Builder::new().name(format!("cook {cook}"));
            let cook_all = move || cook_all(knobs.share(cook), &pass, call, ready);
            named.spawn_scoped(kitchen, cook_all).expect("a thread starts")
        };
        let cooks: Vec<_> = (0..knobs.producers).map(start).collect();
        // Every cook has senders of its own. These two would keep the waiter waiting for ever.
        drop((pass, call));

        // Nobody sends anything here. The end is the news: each cook has called, or is done.
        let _ = called.recv();
        let begin = Instant::now();
        let served = carry_all(plates, ready, knobs);
        let waiter_done = begin.elapsed();
        let cooks = cooks.into_iter().map(|cook| cook.join().expect("no cook panics"));
        let (ahead, ends): (Vec<_>, Vec<_>) = cooks.unzip();
        let last = ends.into_iter().max().expect("there is a cook");
        let cooks_done = last.saturating_duration_since(begin); // none, if they were done before
        let cooks_done_percent = 100.0 * cooks_done.div_duration_f64(waiter_done);
        Rush { ahead: ahead.iter().sum(), served, cooks_done_percent }
    })
}

/// Puts down plates. Returns how many as long as there was room, and when it put down the last.
fn cook_all(
    plates: impl Iterator<Item = usize>,
    pass: &Pass<usize>,
    call: Sender<()>,
    ready: &ProgressBar,
) -> (usize, Instant) {
    let _cook = info_span!("cook").entered();
    let (mut call, mut ahead) = (Some(call), 0);
    for plate in plates {
        ready.inc(1);
        if pass.try_send(plate).is_ok() {
            ahead += usize::from(call.is_some());
            continue;
        }
        call = None; // dropped: that is this cook's call for the waiter
        let _wait = info_span!("wait", on = "room on the pass").entered();
        pass.send(plate).expect("the waiter stays until the last cook has gone");
    }
    (ahead, Instant::now())
}

/// Carries plate after plate, until the pass is empty and no cook is left who could fill it.
fn carry_all(plates: Receiver<usize>, ready: &ProgressBar, knobs: &Knobs) -> Vec<usize> {
    let carry = |plate| {
        ready.dec(1);
        let _carry = info_span!("carry", plate).entered();
        thread::sleep(Duration::from_millis(knobs.consumer_ms));
        plate
    };
    plates.into_iter().map(carry).collect()
}

/// A channel ends when its last sender is gone and it is empty; or when its receiver is gone.
fn close_both_ends() {
    let (ann, waiter) = mpsc::channel();
    let ben = ann.clone();
    for (cook, plate, end) in [(ann, "soup", Empty), (ben, "salad", Disconnected)] {
        cook.send(plate).expect("the waiter is there");
        drop(cook);
        let taken = [waiter.try_recv(), waiter.try_recv()];
        say(format!("a cook puts down {plate} and goes: {taken:?}"));
        assert_eq!(taken, [Ok(plate), Err(end)]);
    }
    let (cook, waiter) = mpsc::channel();
    drop(waiter);
    let SendError(plate) = cook.send("pudding").expect_err("nobody can ever take it");
    say(format!("the waiter goes first: the {plate} comes back"));
}

/// Cooks that take no time at all put plates on a pass; one waiter carries them away, one by one.
#[derive(Parser)]
struct Knobs {
    /// Plates that the pass has room for, or `none` for no limit; four kinds in turn when left out
    #[arg(long)]
    cap: Option<Room>,
    /// Cooks
    #[arg(long, default_value_t = 1, value_parser = RangedU64ValueParser::<usize>::new().range(1..=64))]
    producers: usize,
    /// Milliseconds that the waiter takes for each plate
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(..=2_000))]
    consumer_ms: u64,
    /// Plates, dealt to the cooks like cards
    #[arg(long, default_value_t = 10, value_parser = RangedU64ValueParser::<usize>::new().range(1..=10_000))]
    items: usize,
}

impl Knobs {
    fn share(&self, cook: usize) -> impl Iterator<Item = usize> {
        (cook..self.items).step_by(self.producers)
    }
}
