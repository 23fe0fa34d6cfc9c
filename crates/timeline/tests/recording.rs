//! Real threads and real tasks leave exactly the slices, parents and facts they should.

use std::future::poll_fn;
use std::sync::{Barrier, Mutex, PoisonError};
use std::task::Poll;
use std::thread;

use timeline::{Fact, Record, Recorder, Span};
use tracing::dispatcher::{Dispatch, with_default};
use tracing::{Instrument, debug_span, info, info_span, warn_span};
use tracing_subscriber::layer::SubscriberExt;

/// Records what happens in `scene` on a clock that stands still: only counts are asked about here.
///
/// One scene at a time, since `tracing` remembers for each place in the code who listens to it.
fn record(scene: impl FnOnce(&Dispatch, &Recorder)) -> Record {
    static STAGE: Mutex<()> = Mutex::new(());
    let _turn = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let recorder = Recorder::with_clock(|| 1_000);
    let dispatch = Dispatch::new(tracing_subscriber::registry().with(recorder.layer()));
    with_default(&dispatch, || scene(&dispatch, &recorder));
    recorder.finish()
}

fn span<'a>(record: &'a Record, label: &str) -> &'a Span {
    record.spans.iter().find(|span| span.label() == label).unwrap_or_else(|| {
        panic!("no span {label} in {:?}", record.spans);
    })
}

fn slices(record: &Record, label: &str) -> usize {
    let id = span(record, label).id;
    record.slices.iter().filter(|slice| slice.span == id).count()
}

/// Finishes at the poll after so many that did not.
async fn pending(mut polls: u32) {
    poll_fn(|context| {
        if polls == 0 {
            return Poll::Ready(());
        }
        polls -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[test]
fn each_entered_span_is_one_slice_on_its_own_thread() {
    let record = record(|dispatch, _| {
        let all_in = Barrier::new(3);
        thread::scope(|scope| {
            for file in 0..3 {
                let all_in = &all_in;
                let work = move || {
                    with_default(dispatch, || {
                        let _span = info_span!("download", file).entered();
                        all_in.wait();
                    });
                };
                thread::Builder::new()
                    .name(format!("cook {file}"))
                    .spawn_scoped(scope, work)
                    .unwrap();
            }
        });
    });
    for file in 0..3 {
        let id = span(&record, &format!("download file={file}")).id;
        let mut runs = record.slices.iter().filter(|slice| slice.span == id);
        let run = runs.next().expect("it ran");
        let thread = record.threads.iter().find(|thread| thread.id == run.thread).unwrap();
        assert_eq!(thread.name, format!("cook {file}"));
        assert!(runs.next().is_none(), "it ran once");
    }
    assert_eq!(record.threads.len(), 3, "the thread that only waited is not among them");
    assert!(record.spans.iter().all(|span| span.died.is_some()));
}

#[test]
fn a_span_inside_another_has_it_as_parent_over_a_skipped_one() {
    let record = record(|_, _| {
        let _outer = info_span!("outer").entered();
        let _library = debug_span!("a library's own").entered();
        let _inner = info_span!("inner").entered();
    });
    assert_eq!(record.spans.len(), 2, "spans below info are not recorded");
    assert_eq!(span(&record, "inner").parent, Some(span(&record, "outer").id));
    assert_eq!(span(&record, "outer").parent, None);
}

#[test]
fn each_poll_is_a_slice_and_the_drop_of_the_future_is_none() {
    let record = record(|_, _| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let task = |n: u32| tokio::spawn(pending(n).instrument(info_span!("task", n)));
            let tasks = [task(0), task(1), task(4)];
            for task in tasks {
                task.await.unwrap();
            }
        });
    });
    for (n, polls) in [(0, 1), (1, 2), (4, 5)] {
        assert_eq!(slices(&record, &format!("task n={n}")), polls);
    }
}

#[test]
fn a_cancelled_task_counts_its_polls_only() {
    let record = record(|_, _| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let never = std::future::pending::<()>().instrument(info_span!("never"));
            let task = tokio::spawn(never);
            tokio::task::yield_now().await; // lets it be polled, once
            task.abort();
            assert!(task.await.unwrap_err().is_cancelled());
        });
    });
    assert_eq!(slices(&record, "never"), 1);
    assert!(span(&record, "never").died.is_some());
}

#[test]
fn a_span_that_outlives_a_scene_is_in_both_records() {
    let mut first = Record::default();
    let second = record(|_, recorder| {
        let _day = info_span!("day").entered();
        info_span!("morning").in_scope(|| ());
        first = recorder.take();
        info_span!("evening").in_scope(|| ());
    });
    let names = |record: &Record| -> Vec<String> { record.spans.iter().map(Span::label).collect() };
    assert_eq!(names(&first), ["day", "morning"]);
    assert_eq!(span(&first, "day").died, None, "it is not over yet");
    assert_eq!(slices(&first, "day"), 1, "its part so far");
    assert_eq!(names(&second), ["day", "evening"]);
    assert_eq!(span(&second, "evening").parent, Some(span(&second, "day").id));
}

#[test]
fn events_with_the_target_measured_become_facts() {
    let record = record(|_, _| {
        info!(target: "measured", whole = 3, share = 0.5, ok = true, who = "main", "a message");
        info!(target: "measured", whole = 4_u64, list = ?[1, 2]);
        info!(whole = 5, "an ordinary event");
    });
    let facts: Vec<(&str, &Fact)> =
        record.facts.iter().map(|(name, fact)| (name.as_str(), fact)).collect();
    assert_eq!(
        facts,
        [
            ("whole", &Fact::Number(4.0)),
            ("share", &Fact::Number(0.5)),
            ("ok", &Fact::Bool(true)),
            ("who", &Fact::Text("main".into())),
            ("list", &Fact::Text("[1, 2]".into())),
        ]
    );
}

#[test]
fn fields_recorded_later_join_the_label() {
    let record = record(|_, _| {
        let span = warn_span!("download", file = 2, bytes = tracing::field::Empty);
        span.record("bytes", 512);
        span.in_scope(|| ());
    });
    assert_eq!(record.spans[0].label(), "download file=2 bytes=512");
}

#[test]
fn nothing_is_recorded_after_the_end() {
    let recorder = Recorder::new();
    let dispatch = Dispatch::new(tracing_subscriber::registry().with(recorder.layer()));
    let record = recorder.finish();
    with_default(&dispatch, || {
        info_span!("late").in_scope(|| info!(target: "measured", late = true));
    });
    assert_eq!((record.spans.len(), record.facts.len()), (0, 0));
}

#[test]
fn a_thousand_short_lived_threads_are_all_seen_while_records_are_taken() {
    let mut seen = 0;
    let mut count = |record: Record| seen += record.slices.len();
    let rest = record(|dispatch, recorder| {
        for _ in 0..20 {
            thread::scope(|scope| {
                for _ in 0..50 {
                    scope.spawn(|| with_default(dispatch, || drop(info_span!("hello").entered())));
                }
                count(recorder.take()); // while they run
            });
        }
    });
    count(rest);
    // A slice that is cut in two by a `take` counts twice; none may be lost.
    assert!(seen >= 1000, "{seen} slices of 1000 threads");
}
