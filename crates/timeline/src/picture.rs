//! What a picture of a record shows: which lanes there are and what lies on each. The printers only paint.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::natural;
use crate::record::{Lanes, Record, Slice, Span};

mod turns;

/// Lanes by process, over one stretch of time.
pub(crate) struct Picture {
    /// Nanoseconds from the first thing to the last.
    pub(crate) length: u64,
    pub(crate) groups: Vec<Group>,
}

/// The lanes of one process.
pub(crate) struct Group {
    /// `None` when there is only one process.
    pub(crate) heading: Option<String>,
    pub(crate) lanes: Vec<Lane>,
}

pub(crate) struct Lane {
    pub(crate) label: String,
    /// How many lanes it is inside of.
    pub(crate) depth: usize,
    /// Those below first: alive, then what ran, which never overlaps.
    pub(crate) bars: Vec<Bar>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    /// Nanoseconds from the picture's beginning.
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) kind: Kind,
    /// What to write into it; empty if the lane says it already.
    pub(crate) text: String,
    /// The span's whole label.
    pub(crate) label: String,
    /// Which colour: spans of one label have one.
    pub(crate) hue: usize,
    /// Which slice: a child drawn over the middle of a slice leaves two bars of it.
    pub(crate) slice: usize,
    /// The span's id.
    pub(crate) span: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Working,
    Waiting,
    Alive,
}

impl Picture {
    pub(crate) fn of(record: &Record) -> Self {
        let family = Family::of(record);
        let (start, end) = bounds(record);
        let by_task = match record.lanes {
            Lanes::Auto => family.took_turns(),
            Lanes::Threads => false,
            Lanes::Tasks => true,
        };
        let lanes = if by_task { family.task_lanes(end) } else { family.thread_lanes() };
        let processes: BTreeSet<u32> = lanes.iter().map(|(process, _)| *process).collect();
        let mut groups: Vec<(u32, Group)> = Vec::new();
        for (process, mut lane) in lanes {
            for bar in &mut lane.bars {
                (bar.start, bar.end) =
                    (bar.start.saturating_sub(start), bar.end.saturating_sub(start));
            }
            if groups.last().is_none_or(|(last, _)| *last != process) {
                let heading = (processes.len() > 1).then(|| heading(record, process));
                groups.push((process, Group { heading, lanes: Vec::new() }));
            }
            let (_, group) = groups.last_mut().expect("one was pushed just now");
            group.lanes.push(lane);
        }
        let groups = groups.into_iter().map(|(_, group)| group).collect();
        Self { length: end.saturating_sub(start).max(1), groups }
    }

    /// Whether anything of this kind is shown.
    pub(crate) fn shows(&self, kind: Kind) -> bool {
        let mut lanes = self.groups.iter().flat_map(|group| &group.lanes);
        lanes.any(|lane| lane.bars.iter().any(|bar| bar.kind == kind))
    }
}

fn heading(record: &Record, process: u32) -> String {
    let which = if process == record.process { "main process" } else { "process" };
    format!("{which} {process}")
}

fn bounds(record: &Record) -> (u64, u64) {
    let lives = record.spans.iter().map(|span| (span.born, span.died.unwrap_or(span.born)));
    let runs = record.slices.iter().map(|slice| (slice.start, slice.end));
    let (starts, ends): (Vec<u64>, Vec<u64>) = lives.chain(runs).unzip();
    (starts.into_iter().min().unwrap_or(0), ends.into_iter().max().unwrap_or(0))
}

/// The record's spans by id, with what follows from their kinship.
struct Family<'a> {
    record: &'a Record,
    spans: BTreeMap<u64, &'a Span>,
    hues: BTreeMap<String, usize>,
}

impl<'a> Family<'a> {
    fn of(record: &'a Record) -> Self {
        let spans: BTreeMap<u64, &Span> = record.spans.iter().map(|span| (span.id, span)).collect();
        let mut hues = BTreeMap::new();
        let runs = record.slices.iter().filter_map(|slice| spans.get(&slice.span));
        for span in runs.filter(|span| !span.waits()) {
            let next = hues.len();
            hues.entry(span.label()).or_insert(next);
        }
        Self { record, spans, hues }
    }

    fn parent(&self, span: &Span) -> Option<&'a Span> {
        self.spans.get(&span.parent?).copied()
    }

    /// The span, its parent, and so on to the root. Bounded: a record from outside may hold a circle.
    fn line_of(&self, span: &'a Span) -> impl Iterator<Item = &'a Span> {
        std::iter::successors(Some(span), |span| self.parent(span)).take(self.spans.len())
    }

    fn thread_lanes(&self) -> Vec<(u32, Lane)> {
        let mut threads: Vec<_> = self.record.threads.iter().collect();
        threads.sort_by(|a, b| {
            let key = |process| (process != self.record.process, process);
            (key(a.process).cmp(&key(b.process)))
                .then((a.name != "main").cmp(&(b.name != "main")))
                .then_with(|| natural::compare(&a.name, &b.name))
                .then(a.id.cmp(&b.id))
        });
        let mut runs: BTreeMap<u64, Vec<(usize, &Slice)>> = BTreeMap::new();
        for run in self.record.slices.iter().enumerate() {
            runs.entry(run.1.thread).or_default().push(run);
        }
        let mut names: BTreeMap<(u32, &str), usize> = BTreeMap::new();
        let mut lanes = Vec::new();
        for thread in threads {
            let Some(runs) = runs.get(&thread.id) else { continue };
            let namesakes = names.entry((thread.process, &thread.name)).or_default();
            *namesakes += 1;
            let label = match namesakes {
                1 => thread.name.clone(),
                n => format!("{} #{n}", thread.name),
            };
            lanes.push((thread.process, Lane { label, depth: 0, bars: self.bars(runs, None) }));
        }
        lanes
    }

    fn task_lanes(&self, end: u64) -> Vec<(u32, Lane)> {
        let laned = self.laned();
        let mut runs: BTreeMap<u64, Vec<(usize, &Slice)>> = BTreeMap::new();
        for run in self.record.slices.iter().enumerate() {
            let span = self.spans.get(&run.1.span);
            let owner = span.and_then(|span| self.line_of(span).find(|s| laned.contains(&s.id)));
            runs.entry(owner.map_or(0, |owner| owner.id)).or_default().push(run);
        }
        let mut owners: Vec<(Vec<(u64, u64)>, &Span)> = laned
            .iter()
            .map(|id| {
                let line = self.line_of(self.spans[id]).filter(|span| laned.contains(&span.id));
                let mut path: Vec<_> = line.map(|span| (span.born, span.id)).collect();
                path.reverse(); // by it, a child's lane comes below its parent's
                (path, self.spans[id])
            })
            .collect();
        owners.sort_by_key(|(path, span)| {
            (span.process != self.record.process, span.process, path.clone())
        });
        let lane = |(path, span): (Vec<_>, &Span)| {
            let mut bars = vec![self.bar(span, span.born, span.died.unwrap_or(end), usize::MAX)];
            bars[0].kind = Kind::Alive;
            bars[0].text.clear();
            let runs = runs.get(&span.id).map_or(&[][..], Vec::as_slice);
            bars.extend(self.bars(runs, Some(span.id)));
            (span.process, Lane { label: span.label(), depth: path.len() - 1, bars })
        };
        owners.into_iter().map(lane).collect()
    }

    /// The slices as bars that do not overlap: what is deepest at a time lies on top.
    fn bars(&self, runs: &[(usize, &Slice)], owner: Option<u64>) -> Vec<Bar> {
        let mut changes: Vec<(u64, bool, Reach, &Span)> = Vec::new();
        for (place, slice) in runs {
            let Some(span) = self.spans.get(&slice.span) else { continue };
            let reach =
                Reach { depth: self.line_of(span).count(), start: slice.start, place: *place };
            changes.push((slice.start, true, reach, span));
            changes.push((slice.end.max(slice.start.saturating_add(1)), false, reach, span));
        }
        changes.sort_by_key(|(time, begins, reach, _)| (*time, *begins, Reverse(*reach)));
        let mut open: BTreeMap<Reach, &Span> = BTreeMap::new();
        let mut bars: Vec<Bar> = Vec::new();
        let mut since = 0;
        for (time, begins, reach, span) in changes {
            if let Some((top, span)) = open.last_key_value().filter(|_| since < time) {
                match bars.last_mut().filter(|bar| bar.slice == top.place && bar.end == since) {
                    Some(bar) => bar.end = time,
                    None => bars.push(self.bar(span, since, time, top.place)),
                }
            }
            since = time;
            _ = if begins { open.insert(reach, span) } else { open.remove(&reach) };
        }
        name_once(&mut bars, |span| owner == Some(span));
        bars
    }

    fn bar(&self, span: &Span, start: u64, end: u64, slice: usize) -> Bar {
        let kind = if span.waits() { Kind::Waiting } else { Kind::Working };
        let hue = self.hues.get(&span.label()).copied().unwrap_or(0);
        Bar {
            start,
            end,
            kind,
            text: span.short_label(),
            label: span.label(),
            hue,
            slice,
            span: span.id,
        }
    }
}

/// Of several bars of one slice, only the longest keeps its text; none does if the lane says it.
fn name_once(bars: &mut [Bar], lane_says_it: impl Fn(u64) -> bool) {
    let mut longest: BTreeMap<usize, (u64, usize)> = BTreeMap::new();
    for (place, bar) in bars.iter().enumerate() {
        let length = bar.end - bar.start;
        let best = longest.entry(bar.slice).or_insert((length, place));
        if length > best.0 {
            *best = (length, place);
        }
    }
    for (place, bar) in bars.iter_mut().enumerate() {
        if longest[&bar.slice].1 != place || lane_says_it(bar.span) {
            bar.text.clear();
        }
    }
}

/// What lies on top: the deeper, then the later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Reach {
    depth: usize,
    start: u64,
    place: usize,
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
