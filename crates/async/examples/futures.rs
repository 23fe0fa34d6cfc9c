//! A future is a recipe: calling writes it down, polling cooks one step, dropping throws it away.

use std::cell::Cell;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, ValueEnum};
use tracing::{Instrument, info_span};

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();

    let clock = Clock { minutes: Cell::new(0), minute: Duration::from_millis(knobs.minute_ms) };
    let recipe = breakfast(&clock, knobs.call).instrument(info_span!("breakfast"));
    say("breakfast() was called: here is a future, and nothing is cooked");
    let longest_gap = work_a_shift(&clock, knobs.minutes, Box::pin(recipe));
    say(&format!("Longest time between two looks at the door: {longest_gap} min\n"));
    match knobs.buffer_bytes {
        64 => print_sizes::<64>(),
        1024 => print_sizes::<1024>(),
        _ => print_sizes::<4096>(),
    }

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
    #[arg(long, default_value = "4096", value_parser =
        PossibleValuesParser::new(["64", "1024", "4096"]).map(|text| text.parse::<usize>().unwrap()))]
    buffer_bytes: usize,
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
    clock.note(&format!("breakfast: on the plate, {plate}"));
}

const STEPS: [&str; 3] = ["crack the eggs", "turn it", "fold it"];

async fn omelette(clock: &Clock) -> &'static str {
    let _bowl = Bowl(clock);
    for step in STEPS {
        clock.note(&format!("omelette: {step}"));
        NextPoll::default().await;
    }
    "an omelette"
}

fn omelette_at_once(clock: &Clock) -> &'static str {
    for step in STEPS {
        clock.note(&format!("omelette: {step}"));
        clock.pass_a_minute();
    }
    "an omelette"
}

/// The cook's round, once a minute: one poll for breakfast, one look at the door. Returns the longest time
/// between two looks, in minutes.
fn work_a_shift(clock: &Clock, minutes: u32, breakfast: Pin<Box<impl Future>>) -> u32 {
    let _span = info_span!("the cook's round").entered();
    let mut context = Context::from_waker(Waker::noop());
    let mut breakfast = Some(breakfast);
    let (mut last_look, mut longest_gap) = (0, 0);
    while clock.now() < minutes {
        if let Some(future) = &mut breakfast {
            match future.as_mut().poll(&mut context) {
                Poll::Pending => clock.note("poll -> Pending"),
                Poll::Ready(_) => {
                    clock.note("poll -> Ready");
                    breakfast = None; // it must not be polled again
                }
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

/// Pending at the first poll, ready at the second: the smallest wait there is.
#[derive(Default)]
struct NextPoll {
    polled: bool,
}

impl Future for NextPoll {
    type Output = ();

    // A real one would leave word when to come back (`context.waker()`); this kitchen polls every minute anyway.
    fn poll(mut self: Pin<&mut Self>, _context: &mut Context) -> Poll<()> {
        if std::mem::replace(&mut self.polled, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// What the omelette holds while it waits.
struct Bowl<'a>(&'a Clock);

impl Drop for Bowl<'_> {
    fn drop(&mut self) {
        self.0.note("drop: the bowl goes into the sink");
    }
}

/// Kitchen time: it passes only when somebody waits.
struct Clock {
    minutes: Cell<u32>,
    minute: Duration,
}

impl Clock {
    fn now(&self) -> u32 {
        self.minutes.get()
    }

    fn pass_a_minute(&self) {
        let _wait = info_span!("wait", on = "the clock").entered();
        thread::sleep(self.minute);
        self.minutes.update(|minutes| minutes + 1);
    }

    fn note(&self, what: &str) {
        say(&format!("  {} min  {what}", self.now()));
    }
}

fn print_sizes<const N: usize>() {
    say("Bytes of a future that");
    say(&format!("  awaits nothing: {}", size_of_val(&plain())));
    say(&format!("  awaits once: {}", size_of_val(&pause())));
    let kept = size_of_val(&array_across_await::<N>());
    say(&format!("  keeps {N} bytes across its await: {kept}"));
    let gone = size_of_val(&array_before_await::<N>());
    say(&format!("  is done with them before its await: {gone}"));
    let boxed = size_of_val(&Box::pin(array_across_await::<N>()));
    say(&format!("  keeps them, but in a box: {boxed}"));
    assert!(kept >= N && gone < N && boxed < N);
}

async fn plain() {}

async fn pause() {
    NextPoll::default().await;
}

async fn array_across_await<const N: usize>() -> u8 {
    let mut array = [1; N];
    fill(&mut array);
    NextPoll::default().await;
    array[N - 1]
}

async fn array_before_await<const N: usize>() -> u8 {
    let last = {
        let mut array = [1; N];
        fill(&mut array);
        array[N - 1]
    };
    NextPoll::default().await;
    last
}

fn fill(array: &mut [u8]) {
    array.fill(7);
}

/// Prints a line. A reader who has seen enough (`| head -1`) is no error.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
