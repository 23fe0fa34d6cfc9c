//! The trace keeps the format's rules.

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::by_hand::{cook, downloads, hire, kitchen, tasks};

fn events(records: &[Record]) -> Vec<Value> {
    let trace: Value = serde_json::from_str(&json(records)).expect("it is JSON");
    trace["traceEvents"].as_array().expect("it has events").clone()
}

fn of_phase<'a>(events: &'a [Value], phase: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["ph"] == phase).collect()
}

#[test]
fn every_event_has_a_phase_a_process_a_thread_and_a_time() {
    let events = events(&[downloads(), tasks()]);
    assert!(!events.is_empty());
    for event in &events {
        assert!(["X", "M", "b", "e"].iter().any(|phase| event["ph"] == *phase), "{event}");
        assert!(event["pid"].is_u64() && event["tid"].is_u64(), "{event}");
        assert!(event["ts"].as_f64().is_some_and(|time| time >= 0.0), "{event}");
        assert!(event["name"].is_string(), "{event}");
    }
}

#[test]
fn every_slice_is_there_with_its_length_in_microseconds() {
    let events = events(&[downloads()]);
    let slices = of_phase(&events, "X");
    assert_eq!(slices.len(), downloads().slices.len());
    let wait = slices.iter().find(|slice| slice["name"] == "wait on=bread").unwrap();
    assert_eq!((&wait["ts"], &wait["dur"]), (&30_000.0.into(), &50_000.0.into()));
    assert_eq!(wait["args"]["on"], "bread");
    assert_eq!(wait["cat"], "waiting");
}

#[test]
fn slices_of_a_thread_nest() {
    for record in [downloads(), tasks()] {
        let events = events(&[record]);
        let mut threads: BTreeMap<u64, Vec<(f64, f64)>> = BTreeMap::new();
        for slice in of_phase(&events, "X") {
            let (start, length) = (slice["ts"].as_f64().unwrap(), slice["dur"].as_f64().unwrap());
            assert!(length >= 0.0, "{slice}");
            threads
                .entry(slice["tid"].as_u64().unwrap())
                .or_default()
                .push((start, start + length));
        }
        for slices in threads.values() {
            for (start, end) in slices {
                let crosses = |(s, e): &&(f64, f64)| s < start && start < e && e < end;
                assert_eq!(slices.iter().find(crosses), None);
            }
        }
    }
}

#[test]
fn a_task_has_one_life_with_a_beginning_and_an_end() {
    let events = events(&[tasks(), tasks()]);
    let begins: Vec<_> = of_phase(&events, "b");
    assert_eq!(begins.len(), 4, "two tasks in each record; a child that ran once has no track");
    for begin in begins {
        let ends: Vec<_> =
            of_phase(&events, "e").into_iter().filter(|end| end["id"] == begin["id"]).collect();
        assert_eq!(ends.len(), 1);
        assert_eq!((&ends[0]["name"], &ends[0]["cat"]), (&begin["name"], &begin["cat"]));
        assert!(ends[0]["ts"].as_f64() >= begin["ts"].as_f64());
    }
}

#[test]
fn names_with_quotes_and_control_characters_arrive_whole() {
    let mut record = kitchen(&["the \"main\" thread\n"]);
    cook(&mut record, "a\\b\u{1}日", None, &[(1, 0, 1)]);
    let events = events(&[record]);
    assert_eq!(of_phase(&events, "X")[0]["name"], "a\\b\u{1}日");
    assert_eq!(of_phase(&events, "M")[0]["args"]["name"], "the \"main\" thread\n");
}

#[test]
fn processes_keep_their_own_lanes() {
    let mut record = kitchen(&["main"]);
    hire(&mut record, 7, "worker 0");
    cook(&mut record, "factorial", None, &[(2, 0, 10)]);
    let events = events(&[record]);
    assert_eq!(of_phase(&events, "X")[0]["pid"], 7);
    let names: Vec<_> = of_phase(&events, "M").iter().map(|event| &event["args"]["name"]).collect();
    assert_eq!(names, ["main", "main process", "worker 0", "worker process"]);
}

#[test]
fn no_records_are_an_empty_trace() {
    assert_eq!(events(&[]), Vec::<Value>::new());
}
