//! What a span costs: with nobody listening, with a bare registry, and with this crate's recorder.

use std::hint::black_box;
use std::time::Instant;

use timeline::Recorder;
use tracing::dispatcher::{Dispatch, with_default};
use tracing::info_span;
use tracing_subscriber::layer::SubscriberExt;

const SPANS: u32 = 50_000;
const ROUNDS: usize = 7;

fn main() {
    let recorder = Recorder::new();
    let bare = Dispatch::new(tracing_subscriber::registry());
    let recording = Dispatch::new(tracing_subscriber::registry().with(recorder.layer()));
    // Emptied between the rounds, outside of what is timed: memory is a cost of its own.
    let empty = || drop(recorder.take());

    let nobody = cost(make_spans, empty);
    let bare = with_default(&bare, || cost(make_spans, empty));
    let (full, again) =
        with_default(&recording, || (cost(make_spans, empty), cost(enter_again, empty)));

    println!("A span of its own (make, enter, exit, close), median of {ROUNDS} × {SPANS}:");
    line("nobody listens", nobody, full);
    line("a bare registry", bare, full);
    line("the recorder", full, full);
    println!("One more enter and exit of a span, as for each poll of a future:");
    line("the recorder", again, full);
    println!(
        "Work of 0.1 ms in a span of its own becomes {:.2} % longer.",
        full / 100_000.0 * 100.0
    );
}

fn line(what: &str, nanoseconds: f64, full: f64) {
    println!(
        "  {what:<16} {nanoseconds:>7.0} ns   {:>5.2} of the recorder's span",
        nanoseconds / full
    );
}

fn make_spans() {
    for n in 0..SPANS {
        let _span = info_span!("work", n = black_box(n)).entered();
    }
}

fn enter_again() {
    let span = info_span!("work");
    for _ in 0..SPANS {
        let _inside = black_box(&span).enter();
    }
}

/// Nanoseconds for one of the spans: the median of several rounds, since others use this machine too.
fn cost(work: fn(), between: impl Fn()) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            between();
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e9 / f64::from(SPANS)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}
