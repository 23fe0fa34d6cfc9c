//! Judges `first_success`: in tokio's paused clock, with attempts that tell when they end and when they are dropped.

#[path = "../async/first_success.rs"]
mod exercise;

use std::cell::Cell;
use std::time::Duration;

use exercise::first_success;
use tokio::time::{Instant, sleep};

#[derive(Default)]
struct Counts {
    started: Cell<u32>,
    ended: Cell<u32>,
    dropped: Cell<u32>,
}

struct CountsItsDrop<'a>(&'a Counts);

impl Drop for CountsItsDrop<'_> {
    fn drop(&mut self) {
        self.0.dropped.update(|count| count + 1);
    }
}

/// An attempt that takes `milliseconds` and then answers.
async fn attempt(
    counts: &Counts,
    milliseconds: u64,
    answer: Result<&'static str, &'static str>,
) -> Result<&'static str, &'static str> {
    let _mark = CountsItsDrop(counts);
    counts.started.update(|count| count + 1);
    sleep(Duration::from_millis(milliseconds)).await;
    counts.ended.update(|count| count + 1);
    answer
}

#[tokio::test(start_paused = true)]
async fn the_first_good_answer_wins_at_the_moment_it_comes() {
    let (counts, start) = (Counts::default(), Instant::now());
    let answer = first_success(vec![
        attempt(&counts, 300, Ok("Graz")),
        attempt(&counts, 100, Ok("Turin")),
        attempt(&counts, 200, Ok("Lyon")),
    ])
    .await;
    assert_eq!(answer, Ok("Turin"));
    assert_eq!(start.elapsed().as_millis(), 100, "milliseconds until the answer");
}

#[tokio::test(start_paused = true)]
async fn a_quick_failure_does_not_win() {
    let (counts, start) = (Counts::default(), Instant::now());
    let answer = first_success(vec![
        attempt(&counts, 10, Err("Graz is closed")),
        attempt(&counts, 200, Ok("Turin")),
        attempt(&counts, 150, Err("Lyon is full")),
    ])
    .await;
    assert_eq!(answer, Ok("Turin"));
    assert_eq!(start.elapsed().as_millis(), 200, "milliseconds until the answer");
}

#[tokio::test(start_paused = true)]
async fn the_losers_are_dropped_before_it_returns() {
    let counts = Counts::default();
    let _ = first_success((1..=5).map(|n| attempt(&counts, 100 * n, Ok("found"))).collect()).await;
    assert_eq!(counts.started.get(), 5, "attempts begun");
    assert_eq!(counts.dropped.get(), 5, "attempts dropped by the time it returned");
    sleep(Duration::from_secs(10)).await;
    assert_eq!(counts.ended.get(), 1, "attempts that went on to their end");
}

#[tokio::test(start_paused = true)]
async fn when_all_fail_the_errors_keep_the_order_of_the_attempts() {
    let (counts, start) = (Counts::default(), Instant::now());
    let answer = first_success(vec![
        attempt(&counts, 300, Err("Graz is closed")),
        attempt(&counts, 100, Err("Turin is moving")),
        attempt(&counts, 200, Err("Lyon is full")),
    ])
    .await;
    assert_eq!(answer, Err(vec!["Graz is closed", "Turin is moving", "Lyon is full"]));
    assert_eq!(start.elapsed().as_millis(), 300, "milliseconds until all had failed");
}

#[tokio::test(start_paused = true)]
async fn nothing_to_try_is_a_failure_without_errors() {
    let answer = first_success(Vec::<std::future::Ready<Result<(), ()>>>::new()).await;
    assert_eq!(answer, Err(Vec::new()));
}
