//! Turns records into a trace for <https://ui.perfetto.dev>, in Chrome's JSON format.
//!
//! Threads show the slices (`X` events, which nest); each span that was entered more than once also has
//! a track of its life (`b` and `e`). The format:
//! <https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::record::{Record, Slice, Span};

/// The records as one trace, beginning at time zero, in microseconds.
#[must_use]
pub fn json(records: &[Record]) -> String {
    let starts = records.iter().flat_map(|record| {
        let born = record.spans.iter().map(|span| span.born);
        born.chain(record.slices.iter().map(|slice| slice.start))
    });
    let mut trace = Trace { zero: starts.min().unwrap_or(0), events: Vec::new() };
    // Threads are numbered anew: the format wants small numbers, and one thread may be in several records.
    let mut tids: BTreeMap<u64, usize> = BTreeMap::new();
    let mut lives = 0;
    for record in records {
        for thread in &record.threads {
            let next = tids.len() + 1;
            tids.entry(thread.id).or_insert(next);
        }
        trace.name_lanes(record, &tids);
        trace.add_slices(record, &tids);
        let mut runs: BTreeMap<u64, usize> = BTreeMap::new();
        record.slices.iter().for_each(|slice| *runs.entry(slice.span).or_default() += 1);
        for span in record.spans.iter().filter(|span| runs.get(&span.id) > Some(&1)) {
            lives += 1; // of this record: a life that spans two records is two tracks
            trace.add_life(span, lives, record);
        }
    }
    format!("{{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n{}\n]}}\n", trace.events.join(",\n"))
}

struct Trace {
    zero: u64,
    events: Vec<String>,
}

impl Trace {
    fn time(&self, nanoseconds: u64) -> String {
        format!("{:.3}", nanoseconds.saturating_sub(self.zero) as f64 / 1e3)
    }

    fn name_lanes(&mut self, record: &Record, tids: &BTreeMap<u64, usize>) {
        for thread in &record.threads {
            let (pid, tid) = (thread.process, tids[&thread.id]);
            let name = quoted(&thread.name);
            self.events.push(format!(
                r#"{{"ph":"M","name":"thread_name","pid":{pid},"tid":{tid},"ts":0,"args":{{"name":{name}}}}}"#
            ));
            let name = if pid == record.process { "main process" } else { "worker process" };
            self.events.push(format!(
                r#"{{"ph":"M","name":"process_name","pid":{pid},"tid":{tid},"ts":0,"args":{{"name":"{name}"}}}}"#
            ));
        }
    }

    fn add_slices(&mut self, record: &Record, tids: &BTreeMap<u64, usize>) {
        let spans: BTreeMap<u64, &Span> = record.spans.iter().map(|span| (span.id, span)).collect();
        let threads: BTreeMap<u64, u32> =
            record.threads.iter().map(|thread| (thread.id, thread.process)).collect();
        for slice in &record.slices {
            let Slice { span, thread, start, end } = slice;
            let (Some(span), Some(pid)) = (spans.get(span), threads.get(thread)) else { continue };
            let (name, args, tid) = (quoted(&span.label()), fields(span), tids[thread]);
            let cat = if span.waits() { "waiting" } else { "working" };
            let dur = format!("{:.3}", end.saturating_sub(*start) as f64 / 1e3);
            let ts = self.time(*start);
            self.events.push(format!(
                r#"{{"ph":"X","name":{name},"cat":"{cat}","pid":{pid},"tid":{tid},"ts":{ts},"dur":{dur},"args":{args}}}"#
            ));
        }
    }

    fn add_life(&mut self, span: &Span, id: usize, record: &Record) {
        let (name, pid) = (quoted(&span.label()), span.process);
        let ends = record.slices.iter().map(|slice| slice.end).max().unwrap_or(span.born);
        let died = span.died.unwrap_or(ends).max(span.born);
        for (ph, time) in [("b", span.born), ("e", died)] {
            let ts = self.time(time);
            self.events.push(format!(
                r#"{{"ph":"{ph}","name":{name},"cat":"task","id":{id},"pid":{pid},"tid":0,"ts":{ts}}}"#
            ));
        }
    }
}

fn fields(span: &Span) -> String {
    let fields =
        span.fields.iter().map(|(name, value)| format!("{}:{}", quoted(name), quoted(value)));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

/// A JSON string (RFC 8259, section 7).
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' => _ = write!(out, "\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
#[path = "perfetto_tests.rs"]
mod tests;
