//! A future is a recipe: calling writes it down, polling cooks one step, dropping throws it away.

use std::pin::Pin;
use std::task::{Context, Waker};
use std::time::Duration;

use clap::{Parser, ValueEnum};
use coroutines::clock::Clock;
use coroutines::next_poll::NextPoll;
use threads::stdout::say;
use tracing::{Instrument, info_span};

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    let clock = Clock::new(Duration::from_millis(knobs.minute_ms));
    let recipe = breakfast(&clock, knobs.call).instrument(info_span!("breakfast"));
    say("breakfast() was called: here is a future, and nothing is cooked");
    let longest_gap = work_a_shift(&clock, knobs.minutes, Box::pin(recipe));
    say(format_args!("Longest time between two looks at the door: {longest_gap} min\n"));
    let measure = if knobs.buffer_bytes == "64" { print_sizes::<64> } else { print_sizes::<4096> };
    measure();
    recorder.finish().show();
    // Forgetting an await skips work; only blocking keeps the cook from the door.
    assert!(longest_gap <= 1 || knobs.call == Call::Block);
}

/// Calls an async function and looks at what comes back, step by step.
#[derive(Parser)]
struct Knobs {
    /// How breakfast asks for its omelette
    #[arg(long, value_enum, default_value_t = Call::Await)]
    call: Call,
    /// Minutes until the kitchen closes; what is not ready by then is dropped
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(..=60))]
    minutes: u32,
    /// Milliseconds that a minute of the kitchen lasts here
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=2000))]
    minute_ms: u64,
    /// Bytes of the array in the futures that are measured
    #[arg(long, default_value = "4096", value_parser = ["64", "4096"])]
    buffer_bytes: String,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Call {
    /// omelette().await
    Await,
    /// omelette(), and the await forgotten
    Forget,
    /// a plain function that does not return until the omelette is done
    Block,
}

async fn breakfast(clock: &Clock, call: Call) {
    clock.note("breakfast: the table is laid");
    let plate = match call {
        Call::Await => omelette(clock).await,
        Call::Forget => {
            let _recipe = omelette(clock);
            "a recipe for an omelette"
        }
        Call::Block => omelette_at_once(clock),
    };
    clock.note(format_args!("breakfast: on the plate, {plate}"));
}

const STEPS: [&str; 3] = ["omelette: crack the eggs", "omelette: turn it", "omelette: fold it"];

async fn omelette(clock: &Clock) -> &'static str {
    let _bowl = Bowl(clock);
    for step in STEPS {
        clock.note(step);
        NextPoll::default().await;
    }
    "an omelette"
}

fn omelette_at_once(clock: &Clock) -> &'static str {
    for step in STEPS {
        clock.note(step);
        clock.pass_a_minute();
    }
    "an omelette"
}

/// Once a minute a poll and a look at the door; returns the longest time between two looks, in minutes.
fn work_a_shift(clock: &Clock, minutes: u32, breakfast: Pin<Box<impl Future>>) -> u32 {
    let _span = info_span!("the cook's round").entered();
    let mut context = Context::from_waker(Waker::noop());
    let mut breakfast = Some(breakfast);
    let (mut last_look, mut longest_gap) = (0, 0);
    while clock.now() < minutes {
        if let Some(future) = &mut breakfast {
            if future.as_mut().poll(&mut context).is_pending() {
                clock.note("poll -> Pending");
            } else {
                clock.note("poll -> Ready");
                breakfast = None; // it must not be polled again
            }
        }
        longest_gap = longest_gap.max(clock.now() - last_look);
        last_look = clock.now();
        clock.note("look at the door");
        clock.pass_a_minute();
    }
    if breakfast.take().is_some() {
        clock.note("closed: breakfast was dropped unfinished");
    }
    longest_gap
}

/// What the omelette holds while it waits.
struct Bowl<'a>(&'a Clock);

impl Drop for Bowl<'_> {
    fn drop(&mut self) {
        self.0.note("drop: the bowl goes into the sink");
    }
}

fn print_sizes<const N: usize>() {
    say("Bytes of a future that");
    say(format_args!("  awaits nothing: {}", size_of_val(&async {})));
    say(format_args!("  awaits once: {}", size_of_val(&async { NextPoll::default().await })));
    let kept = size_of_val(&array_across_await::<N>());
    let gone = size_of_val(&array_before_await::<N>());
    let boxed = size_of_val(&Box::pin(array_across_await::<N>()));
    say(format_args!("  keeps {N} bytes across its await: {kept}"));
    say(format_args!("  is done with them before its await: {gone}"));
    say(format_args!("  keeps them, but in a box: {boxed}"));
    assert!(kept >= N && gone < N && boxed < N);
}

async fn array_across_await<const N: usize>() -> u8 {
    let mut array = [1; N];
    array.fill(7);
    NextPoll::default().await;
    array[N - 1]
}

async fn array_before_await<const N: usize>() -> u8 {
    let last = {
        let mut array = [1; N];
        array.fill(7);
        array[N - 1]
    };
    NextPoll::default().await;
    last
}
