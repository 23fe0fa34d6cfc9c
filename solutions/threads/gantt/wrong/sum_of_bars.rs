//! Believes: a worker's busy time is the sum of her bars.
//! Rejected by: a_jugglers_instant_counts_once

use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub struct Bar {
    pub worker: String,
    pub start_ms: u64,
    pub end_ms: u64,
}

#[derive(Debug, PartialEq)]
pub struct Summary {
    pub makespan_ms: u64,
    pub peak: usize,
    pub busy_ms: BTreeMap<String, u64>,
}

pub fn summarise(bars: &[Bar]) -> Summary {
    let first = bars.iter().map(|bar| bar.start_ms).min().unwrap_or(0);
    let last = bars.iter().map(|bar| bar.end_ms).max().unwrap_or(0);
    Summary { makespan_ms: last - first, peak: peak(bars), busy_ms: busy(bars) }
}

fn peak(bars: &[Bar]) -> usize {
    // -1 sorts before +1: at one instant bars end before others begin. A bar of no length would end
    // before it begins, and it overlaps nothing anyway.
    let bars = bars.iter().filter(|bar| bar.start_ms < bar.end_ms);
    let mut steps: Vec<_> = bars.flat_map(|bar| [(bar.start_ms, 1), (bar.end_ms, -1)]).collect();
    steps.sort_unstable();
    let mut now = 0_isize;
    let heights = steps.into_iter().map(|(_, step)| {
        now += step;
        now.unsigned_abs()
    });
    heights.max().unwrap_or(0)
}

fn busy(bars: &[Bar]) -> BTreeMap<String, u64> {
    let mut busy = BTreeMap::new();
    for bar in bars {
        *busy.entry(bar.worker.clone()).or_default() += bar.end_ms - bar.start_ms;
    }
    busy
}
