//! Judges `gantt`: small charts, each with one trap, and the four kitchens of the lesson.

use exercise::{Bar, summarise};

#[path = "../threads/gantt.rs"]
mod exercise;

fn bars(bars: &[(&str, u64, u64)]) -> Vec<Bar> {
    let bar = |&(worker, start_ms, end_ms): &(&str, u64, u64)| Bar {
        worker: worker.to_owned(),
        start_ms,
        end_ms,
    };
    bars.iter().map(bar).collect()
}

fn busy(chart: &[(&str, u64, u64)], worker: &str) -> Option<u64> {
    summarise(&bars(chart)).busy_ms.get(worker).copied()
}

#[test]
fn no_bars_no_time_nobody() {
    let summary = summarise(&[]);
    assert_eq!(
        (summary.makespan_ms, summary.peak, summary.busy_ms.len()),
        (0, 0, 0),
        "an empty chart"
    );
}

#[test]
fn the_makespan_begins_with_the_first_bar() {
    let chart = bars(&[("Ada", 300, 500), ("Bob", 200, 400)]);
    assert_eq!(
        summarise(&chart).makespan_ms,
        300,
        "from 200 to 500: the evening begins with its first bar, not at 0"
    );
}

#[test]
fn the_makespan_ends_with_the_last_end() {
    let chart = bars(&[("Ada", 0, 900), ("Bob", 100, 200)]);
    assert_eq!(
        summarise(&chart).makespan_ms,
        900,
        "the bar that begins last need not be the one that ends last"
    );
}

#[test]
fn bars_that_touch_do_not_overlap() {
    let chart = bars(&[("Bob", 200, 400), ("Ada", 0, 200), ("Cem", 400, 500)]);
    assert_eq!(
        summarise(&chart).peak,
        1,
        "one ends where the next begins: never two at one instant"
    );
}

#[test]
fn the_peak_counts_bars_of_one_instant() {
    let chart = bars(&[("Ada", 0, 900), ("Bob", 0, 200), ("Cem", 300, 500), ("Dan", 600, 800)]);
    assert_eq!(summarise(&chart).peak, 2, "Ada's bar meets three others, but only one at a time");
}

#[test]
fn the_peak_may_lie_inside() {
    let chart = bars(&[("Ada", 0, 500), ("Bob", 100, 400), ("Cem", 200, 300), ("Ada", 500, 900)]);
    assert_eq!(summarise(&chart).peak, 3, "from 200 to 300 there are three bars");
}

#[test]
fn a_gap_is_not_work() {
    assert_eq!(
        busy(&[("Ada", 600, 700), ("Ada", 0, 100)], "Ada"),
        Some(200),
        "100 ms, a gap of 500, and 100 ms again"
    );
}

#[test]
fn a_jugglers_instant_counts_once() {
    let chart = [("Ada", 0, 200), ("Ada", 100, 300), ("Ada", 120, 180), ("Bob", 0, 50)];
    assert_eq!(
        busy(&chart, "Ada"),
        Some(300),
        "three bars over 0 to 300: an instant under two bars is one instant"
    );
    assert_eq!(busy(&chart, "Bob"), Some(50));
}

#[test]
fn a_bar_of_no_length_is_listed_and_nothing_more() {
    let summary = summarise(&bars(&[("Ada", 100, 300), ("Bob", 200, 200), ("Bob", 500, 500)]));
    assert_eq!(summary.peak, 1, "a bar that ends when it begins overlaps nothing");
    assert_eq!(summary.busy_ms.get("Bob"), Some(&0), "Bob was there, and busy for 0 ms");
    assert_eq!(summary.makespan_ms, 400, "it counts for the makespan: from 100 to 500");
    assert_eq!(summarise(&bars(&[("Bob", 5, 5)])).peak, 0);
}

#[test]
fn four_waits_by_four_cooks_peak_at_four() {
    let names = ["Ada", "Bob", "Cem", "Dan"];
    let in_order: Vec<_> = (0..4).map(|i| ("Ada", i * 200, i * 200 + 200)).collect();
    let at_once: Vec<_> = names.iter().map(|name| (*name, 0, 200)).collect();
    let (in_order, at_once) = (summarise(&bars(&in_order)), summarise(&bars(&at_once)));
    assert_eq!((in_order.makespan_ms, in_order.peak), (800, 1), "one cook, in order");
    assert_eq!((at_once.makespan_ms, at_once.peak), (200, 4), "four cooks");
}
