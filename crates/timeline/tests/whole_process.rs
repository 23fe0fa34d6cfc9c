//! The recorder of a whole process: it alone listens, takes in what workers send, and ends.

use std::panic::catch_unwind;

use timeline::{Fact, Record, Slice, Span, Thread};
use tracing::{info, info_span};

fn sent_by_a_worker() -> Record {
    let span = Span { id: 70, process: 7, name: "factorial".into(), born: 5, ..Span::default() };
    let mut record = Record {
        process: 7,
        threads: vec![Thread { id: 71, process: 7, name: "worker 0".into() }],
        slices: vec![Slice { span: 70, thread: 71, start: 5, end: 9 }],
        spans: vec![Span { died: Some(9), ..span }],
        ..Record::default()
    };
    record.measure("digits", 456_574.0);
    record
}

// One test, because one process has one such recorder.
#[test]
fn the_recorder_of_a_process_from_beginning_to_end() {
    let wire = sent_by_a_worker().to_wire();
    assert_eq!(timeline::absorb("damaged"), Ok(()), "nobody records: nothing is read");

    let recorder = timeline::start();
    info_span!("collect").in_scope(|| ());
    timeline::absorb(&wire).unwrap();
    timeline::absorb("").unwrap(); // a worker that recorded nothing
    let error = timeline::absorb(&wire[..wire.len() - 2]).unwrap_err().to_string();
    assert!(error.starts_with("line "), "{error}");

    let again = catch_unwind(|| timeline::start().finish()).unwrap_err();
    let message = again.downcast_ref::<&str>().copied().unwrap_or_default();
    assert!(message.contains("call it once"), "{message}");

    info!(target: "measured", workers = 1);
    let record = recorder.take();
    let names: Vec<String> = record.spans.iter().map(Span::label).collect();
    assert_eq!(names, ["collect", "factorial"]);
    assert_eq!(record.process, std::process::id());
    let facts =
        [("workers".to_owned(), Fact::Number(1.0)), ("digits".to_owned(), Fact::Number(456_574.0))];
    assert_eq!(record.facts, facts);
    assert_eq!(Record::from_wire(&record.to_wire()), Ok(record));

    assert_eq!(recorder.finish().spans, [], "what was taken is taken");
    assert_eq!(timeline::absorb("damaged"), Ok(()), "nobody records any more");
}
