//! Which lanes there are, in which order, and what lies on top.

use super::*;
use crate::by_hand::{cook, downloads, hire, kitchen, tasks};

fn labels(record: &Record) -> Vec<String> {
    let groups = Picture::of(record).groups;
    groups.into_iter().flat_map(|group| group.lanes).map(|lane| lane.label).collect()
}

#[test]
fn lanes_are_threads_in_the_order_of_their_names_without_those_that_did_nothing() {
    assert_eq!(labels(&downloads()), ["cook 1", "cook 2", "cook 10"]);
}

#[test]
fn lanes_are_tasks_when_one_thread_takes_turns() {
    assert_eq!(labels(&tasks()), ["fetch stock=AAPL", "fetch stock=MSFT"]);
}

#[test]
fn either_kind_of_lane_can_be_forced() {
    let by_thread = Record { lanes: Lanes::Threads, ..tasks() };
    assert_eq!(labels(&by_thread), ["main"]);
    let by_task = Record { lanes: Lanes::Tasks, ..downloads() };
    assert_eq!(labels(&by_task).len(), 4, "a wait has no lane of its own");
}

#[test]
fn spans_one_after_the_other_on_a_thread_do_not_take_turns() {
    let mut record = kitchen(&["main"]);
    cook(&mut record, "soup", None, &[(1, 0, 10)]);
    cook(&mut record, "bread", None, &[(1, 10, 20)]);
    cook(&mut record, "knead", Some(2), &[(1, 12, 15)]);
    assert_eq!(labels(&record), ["main"]);
}

#[test]
fn children_that_are_alive_at_once_have_lanes_inside_their_parent() {
    let mut record = kitchen(&["main"]);
    cook(&mut record, "gather", None, &[(1, 0, 5), (1, 50, 60)]);
    cook(&mut record, "fetch n=1", Some(1), &[(1, 1, 2), (1, 50, 52)]);
    cook(&mut record, "fetch n=2", Some(1), &[(1, 2, 3), (1, 53, 55)]);
    cook(&mut record, "sum", Some(1), &[(1, 56, 60)]);
    let picture = Picture::of(&record);
    let lanes = &picture.groups[0].lanes;
    let seen: Vec<_> = lanes.iter().map(|lane| (lane.label.as_str(), lane.depth)).collect();
    assert_eq!(seen, [("gather", 0), ("fetch n=1", 1), ("fetch n=2", 1)]);
    let sum = lanes[0].bars.iter().find(|bar| bar.text == "sum");
    assert!(sum.is_some(), "a child that was alone is drawn in its parent's lane");
}

#[test]
fn the_main_process_comes_first_and_each_has_a_heading() {
    let mut record = kitchen(&["main"]);
    hire(&mut record, 7, "worker 0");
    cook(&mut record, "factorial", None, &[(2, 0, 10)]);
    cook(&mut record, "collect", None, &[(1, 5, 20)]);
    let groups = Picture::of(&record).groups;
    let headings: Vec<_> = groups.iter().filter_map(|group| group.heading.as_deref()).collect();
    assert_eq!(headings, ["main process 100", "process 7"]);
}

#[test]
fn threads_of_one_name_are_told_apart() {
    let mut record = kitchen(&["pool", "pool"]);
    cook(&mut record, "a", None, &[(1, 0, 10)]);
    cook(&mut record, "b", None, &[(2, 0, 10)]);
    assert_eq!(labels(&record), ["pool", "pool #2"]);
}

#[test]
fn a_child_lies_over_the_middle_of_its_parent() {
    let picture = Picture::of(&downloads());
    let bars = &picture.groups[0].lanes[0].bars;
    let seen: Vec<_> =
        bars.iter().map(|bar| (bar.start / 1_000_000, bar.end / 1_000_000, bar.kind)).collect();
    let (work, wait) = (Kind::Working, Kind::Waiting);
    assert_eq!(seen, [(0, 30, work), (30, 80, wait), (80, 100, work)]);
    assert_eq!(bars[0].text, "download 0", "the longer part of the parent is named");
    assert_eq!(bars[2].text, "", "the other one is not");
}

#[test]
fn parents_in_a_circle_end_the_line_and_do_not_hang() {
    let mut record = kitchen(&["main"]);
    cook(&mut record, "hen", Some(2), &[(1, 0, 10)]);
    cook(&mut record, "egg", Some(1), &[(1, 5, 8)]);
    for lanes in [Lanes::Threads, Lanes::Tasks] {
        let _ = Picture::of(&Record { lanes, ..record.clone() });
    }
}
