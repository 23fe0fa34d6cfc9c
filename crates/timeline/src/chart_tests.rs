//! Exact pictures of records made by hand.

use super::*;
use crate::by_hand::{cook, downloads, hire, kitchen, tasks};
use crate::record::{Lanes, Span};

const PLAIN: Style = Style { width: 60, colour: false, ascii: false };

fn assert_chart(record: &Record, style: Style, expected: &str) {
    let chart = record.chart(style);
    assert_eq!(chart, expected.trim_start_matches('\n'), "the chart is now:\n{chart}");
}

#[test]
fn threads_with_waiting_inside_of_working() {
    let mut record = downloads();
    record.measure("sequential_ms", 446.0);
    record.measure("speedup", 2.23);
    assert_chart(
        &record,
        PLAIN,
        "
        ├0 ms───────┼50──────────┼100────────┼150──────────┤
cook 1  ▕███████▌░bread░░░░░░█████                         ▏
cook 2  ▕▐download 1███████████████████████████            ▏
cook 10 ▕ ▐download 2███▐download 3████████████████████████▏
█ working   ░ waiting
measured in this run: sequential_ms 446 · speedup 2.2
",
    );
}

#[test]
fn tasks_are_alive_between_polls() {
    assert_chart(
        &Record { title: "one thread".into(), ..tasks() },
        PLAIN,
        "
── one thread ──────────────────────────────────────────────
                 ├0 ms────┼20──────┼40──────┼60──────┼80───┤
fetch stock=AAPL ▕████▌······················▐███▉         ▏
fetch stock=MSFT ▕    ▐████▏··························▐▐███▏
█ working   · alive, not running
",
    );
}

#[test]
fn the_same_tasks_by_thread() {
    assert_chart(
        &Record { lanes: Lanes::Threads, ..tasks() },
        PLAIN,
        "
     ├0 ms──────┼20─────────┼40─────────┼60─────────┼80────┤
main ▕██████▐████▊                       ▐█████▎     ▐▐████▏
█ working
",
    );
}

#[test]
fn everything_in_ascii() {
    let mut record = tasks();
    record.title = "ascii".into();
    cook(&mut record, "wait on=lunch", Some(2), &[(1, 100, 130)]);
    record.spans[1].died = record.spans[3].died;
    record.measure("speedup", 2.0);
    record.measure("in_order", true);
    assert_chart(
        &record,
        Style { ascii: true, ..PLAIN },
        "
-- ascii ---------------------------------------------------
                 |0 ms----------|50-------------|100-------|
fetch stock=AAPL |###|..............|###|                  |
fetch stock=MSFT |   ###|..................#|#|..=lunch====|
# working   = waiting   . alive, not running
measured in this run: speedup 2 | in_order yes
",
    );
}

#[test]
fn processes_have_headings() {
    let mut record = kitchen(&["main"]);
    hire(&mut record, 7, "worker 0");
    hire(&mut record, 8, "worker 1");
    cook(&mut record, "collect", None, &[(1, 0, 40)]);
    cook(&mut record, "factorial n=5", None, &[(2, 10, 30)]);
    cook(&mut record, "factorial n=6", None, &[(3, 12, 40)]);
    assert_chart(
        &record,
        PLAIN,
        "
         ├0 ms───────┼10─────────┼20─────────┼30───────────┤
main process 100
main     ▕▐collect█████████████████████████████████████████▏
process 7
worker 0 ▕            ▐factorial 5████████████▊            ▏
process 8
worker 1 ▕              ▐factorial 6███████████████████████▏
█ working
",
    );
}

#[test]
fn short_polls_and_parts_of_cells_are_seen() {
    let mut record = kitchen(&["main"]);
    cook(&mut record, "a", None, &[(1, 0, 1), (1, 100, 101), (1, 275, 400)]);
    cook(&mut record, "b", None, &[(1, 1, 2), (1, 150, 163), (1, 500, 1000)]);
    assert_chart(
        &record,
        PLAIN,
        "
  ├0 ms──────┼200───────┼400───────┼600───────┼800─────────┤
a ▕▏····▏·········▐██████▍                                 ▏
b ▕▏·······▐▏··················████████████████████████████▏
█ working   · alive, not running
",
    );
}

#[test]
fn colours_tell_jobs_apart_and_end_with_the_lane() {
    let mut record = kitchen(&["cook"]);
    cook(&mut record, "job n=1", None, &[(1, 0, 20)]);
    cook(&mut record, "wait", None, &[(1, 20, 30)]);
    cook(&mut record, "job n=2", None, &[(1, 30, 40)]);
    let chart = record.chart(Style { width: 48, colour: true, ascii: false });
    let lane = chart.lines().nth(1).unwrap();
    assert_eq!(
        lane,
        "cook ▕\u{1b}[0;36m▐\u{1b}[0;30;46mjob 1\u{1b}[0;36m██████████████▌\u{1b}[0;2m░wait░░░░░\u{1b}[0;33m▐\u{1b}[0;30;43mjob 2\u{1b}[0;33m████\u{1b}[0m▏"
    );
}

#[test]
fn more_lanes_than_fit_are_counted() {
    let mut record = kitchen(&[]);
    for number in 0..200 {
        hire(&mut record, 100, &format!("cook {number}"));
        cook(&mut record, "soup", None, &[(number + 1, 0, 10)]);
    }
    let chart = record.chart(PLAIN);
    let lines: Vec<&str> = chart.lines().collect();
    assert_eq!(lines.len(), 27, "a ruler, 24 lanes, the rest in words, and a legend");
    assert_eq!(lines[25], "… and 176 more lanes");
}

#[test]
fn nothing_recorded_is_said_in_words() {
    assert_chart(&Record::default(), PLAIN, "nothing was recorded: no span was entered\n");
    let mut facts = Record::default();
    facts.measure("spoons", 2.0);
    assert_chart(&facts, PLAIN, "measured in this run: spoons 2\n");
}

#[test]
fn a_span_that_never_ran_is_shown_as_alive() {
    let mut record = tasks();
    let never = Span { id: 9, parent: None, name: "forgotten".into(), ..record.spans[0].clone() };
    record.spans.push(never);
    assert!(
        record
            .chart(PLAIN)
            .lines()
            .any(|line| line.starts_with("forgotten ") && line.contains("····"))
    );
}

#[test]
fn no_line_is_wider_than_asked_whatever_the_names() {
    let long = "a very long name of a thread, and 日本語の名前 too";
    let mut record = kitchen(&[long, "short"]);
    cook(&mut record, "日本語 n=日本", None, &[(1, 0, 90)]);
    cook(&mut record, "wait on=日本\u{1b}[31m", Some(1), &[(1, 90, 200)]);
    cook(&mut record, "x", None, &[(2, 0, 1)]);
    record.title = long.repeat(4);
    for width in [40, 41, 57, 80] {
        for lanes in [Lanes::Threads, Lanes::Tasks] {
            for ascii in [false, true] {
                let record = Record { lanes, ..record.clone() };
                let chart = record.chart(Style { width, colour: false, ascii });
                let widest = chart.lines().map(columns::width).max();
                assert!(widest <= Some(width), "{widest:?} of {width}:\n{chart}");
                assert!(!chart.contains('\u{1b}'));
            }
        }
    }
}
