//! Gathers what the threads wrote into one record.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

use super::{Desk, Notes, Shared, lock};
use crate::record::{Record, Slice, Span};

/// The time under which a future's last slice counts as its drop; see [`drop_of_a_future`].
const DROP: u64 = 100_000;

/// What outlives a record.
#[derive(Default)]
pub(super) struct Collected {
    /// What worker processes sent home.
    pub(super) absorbed: Record,
    /// Facts, which are few and so go here at once.
    pub(super) measured: Record,
    alive: BTreeMap<u64, Span>,
    /// Those among the living that ran in an earlier record.
    ran_before: BTreeSet<u64>,
}

impl Shared {
    /// Everything since the last time.
    pub(super) fn collect(&self) -> Record {
        let mut collected = lock(&self.collected);
        let mut record =
            Record { process: std::process::id(), ..mem::take(&mut collected.measured) };
        {
            let mut desks = lock(&self.desks);
            // Those that only the recorder holds: their threads have ended. Asked before the notes are read,
            // as a thread that ends later may still have written something that must be read next time.
            let has_ended = |desk: &&Arc<Desk>| Arc::strong_count(desk) == 1;
            let ended: BTreeSet<u64> = desks.iter().filter(has_ended).map(number_of).collect();
            // All at once: or a span's end could be read before its beginning.
            let mut all: Vec<_> = desks.iter().map(|desk| (desk, lock(&desk.notes))).collect();
            let now = self.now();
            let mut died = Vec::new();
            for (desk, notes) in &mut all {
                let slices = take_slices(notes, desk.thread.id, now);
                if !slices.is_empty() {
                    record.threads.push(desk.thread.clone());
                }
                record.slices.extend(slices);
                let born = notes.born.drain(..).map(|span| (span.id, span));
                collected.alive.extend(born);
                died.append(&mut notes.died);
            }
            for (id, fields) in all.iter_mut().flat_map(|(_, notes)| notes.fields.drain(..)) {
                if let Some(span) = collected.alive.get_mut(&id) {
                    span.fields.extend(fields);
                }
            }
            for (id, time) in died {
                if let Some(span) = collected.alive.get_mut(&id) {
                    span.died = Some(time);
                }
            }
            drop(all);
            desks.retain(|desk| !ended.contains(&number_of(desk)));
            collected.fill(&mut record, now);
        }
        record.merge(mem::take(&mut collected.absorbed));
        record
    }
}

fn number_of(desk: &Arc<Desk>) -> u64 {
    desk.thread.id
}

/// The thread's finished slices, and the part so far of those that are still open.
fn take_slices(notes: &mut Notes, thread: u64, now: u64) -> Vec<Slice> {
    let mut slices = mem::take(&mut notes.slices);
    for (span, since) in &mut notes.entered {
        slices.push(Slice { span: *span, thread, start: *since, end: now });
        *since = now;
    }
    slices.iter_mut().for_each(|slice| slice.thread = thread);
    slices
}

impl Collected {
    fn fill(&mut self, record: &mut Record, now: u64) {
        record.spans = self.alive.values().cloned().collect();
        record.slices.sort_by_key(|slice| (slice.start, Reverse(slice.end)));
        let mut runs: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (place, slice) in record.slices.iter().enumerate() {
            runs.entry(slice.span).or_default().push(place);
        }
        let drops: BTreeSet<usize> = (record.spans.iter().filter(|span| span.died.is_some()))
            .filter_map(|span| {
                let before = self.ran_before.contains(&span.id);
                drop_of_a_future(&record.slices, runs.get(&span.id)?, before)
            })
            .collect();
        let mut place = 0..;
        record.slices.retain(|_| !drops.contains(&place.next().unwrap_or_default()));

        self.alive.retain(|_, span| span.died.is_none());
        // In the next record they are alive from its beginning.
        self.alive.values_mut().for_each(|span| span.born = now);
        self.ran_before.extend(runs.into_keys());
        self.ran_before.retain(|id| self.alive.contains_key(id));
    }
}

/// The place of the slice, if there is one, in which a span's future was dropped.
///
/// `tracing`'s `Instrumented` enters its span once more to drop the future inside. That is no poll. It
/// looks like one, so this goes by its looks: the last of several, and shorter than [`DROP`].
fn drop_of_a_future(slices: &[Slice], runs: &[usize], ran_before: bool) -> Option<usize> {
    let last = *runs.last()?;
    let several = runs.len() > 1 || ran_before;
    (several && slices[last].end - slices[last].start < DROP).then_some(last)
}
