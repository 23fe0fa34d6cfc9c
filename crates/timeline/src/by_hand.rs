//! Records made by hand, in milliseconds, for the printers' tests.

use crate::record::{Record, Slice, Span, Thread};

const MS: u64 = 1_000_000;
/// Not zero: a printer must show times from the record's own beginning.
const DAWN: u64 = 1_000 * MS;

/// A record whose main process is 100, with these threads of it, numbered from 1.
pub(crate) fn kitchen(threads: &[&str]) -> Record {
    let mut record = Record { process: 100, ..Record::default() };
    for name in threads {
        hire(&mut record, 100, name);
    }
    record
}

/// One more thread, of the given process.
pub(crate) fn hire(record: &mut Record, process: u32, name: &str) {
    let id = record.threads.len() as u64 + 1;
    record.threads.push(Thread { id, process, name: name.into() });
}

/// A span (`name field=value …`, numbered from 1) that lives from the first start to the last end of
/// these slices: thread, start, end.
pub(crate) fn cook(
    record: &mut Record,
    label: &str,
    parent: Option<u64>,
    runs: &[(u64, u64, u64)],
) {
    let mut words = label.split(' ');
    let name = words.next().unwrap_or_default().to_owned();
    let fields = words.filter_map(|word| word.split_once('='));
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let id = record.spans.len() as u64 + 1;
    let process = record.threads[runs[0].0 as usize - 1].process;
    let born = DAWN + runs.iter().map(|run| run.1).min().unwrap_or(0) * MS;
    let died = runs.iter().map(|run| run.2).max().map(|end| DAWN + end * MS);
    record.spans.push(Span { id, parent, process, name, fields, born, died });
    for (thread, start, end) in runs {
        let (start, end) = (DAWN + start * MS, DAWN + end * MS);
        record.slices.push(Slice { span: id, thread: *thread, start, end });
    }
    record.slices.sort_by_key(|slice| slice.start);
}

/// Three downloads on three threads; the third thread does a fourth.
pub(crate) fn downloads() -> Record {
    let mut record = kitchen(&["main", "cook 10", "cook 2", "cook 1"]);
    for (label, thread, start, end) in [
        ("download file=0", 4, 0, 100),
        ("download file=1", 3, 2, 152),
        ("download file=2", 2, 4, 60),
        ("download file=3", 2, 60, 200),
    ] {
        cook(&mut record, label, None, &[(thread, start, end)]);
    }
    cook(&mut record, "wait on=bread", Some(1), &[(4, 30, 80)]);
    record
}

/// Three tasks that one thread takes turns with.
pub(crate) fn tasks() -> Record {
    let mut record = kitchen(&["main"]);
    cook(&mut record, "fetch stock=AAPL", None, &[(1, 0, 10), (1, 60, 70)]);
    cook(&mut record, "fetch stock=MSFT", None, &[(1, 10, 20), (1, 80, 90)]);
    cook(&mut record, "parse", Some(2), &[(1, 82, 90)]);
    record
}
