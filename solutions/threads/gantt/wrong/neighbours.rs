//! Believes: the peak is the bar with the most neighbours: count all bars that overlap one bar.
//! Rejected by: the_peak_counts_bars_of_one_instant

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
    let overlap = |a: &Bar, b: &Bar| a.start_ms.max(b.start_ms) < a.end_ms.min(b.end_ms);
    let neighbours = |bar| bars.iter().filter(|other| overlap(bar, other)).count();
    bars.iter().map(neighbours).max().unwrap_or(0)
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
