//! Believes: every evening begins at 0, so the last end is the makespan.
//! Rejected by: the_makespan_begins_with_the_first_bar

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
    let last = bars.iter().map(|bar| bar.end_ms).max().unwrap_or(0);
    Summary { makespan_ms: last, peak: peak(bars), busy_ms: busy(bars) }
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
    let mut bars: Vec<_> = bars.iter().collect();
    bars.sort_by_key(|bar| bar.start_ms);
    let mut busy = BTreeMap::new();
    let mut counted_until = BTreeMap::new();
    for bar in bars {
        let until = counted_until.entry(&bar.worker).or_insert(0);
        let end = bar.end_ms.max(*until);
        *busy.entry(bar.worker.clone()).or_default() += end - bar.start_ms.max(*until);
        *until = end;
    }
    busy
}
