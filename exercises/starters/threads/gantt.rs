//! The chef reads the charts of an evening: one bar for each piece of work, with who did it, from when to when.
//!
//! Sum an evening up in three figures. The *makespan*: from the first begin to the last end, in milliseconds. The
//! *peak*: the largest number of bars at any one instant; a bar covers its begin but not its end, so a bar that
//! ends at 200 and one that begins at 200 never overlap. And for each worker the time she was *busy*: an instant
//! counts once, even if a juggling cook has two bars over it, and a gap between bars does not count.
//!
//! Bars come in any order. No bars: zero, zero, nobody. A bar that ends when it begins takes no time and overlaps
//! nothing, but its worker is listed, and it counts for the makespan.

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
    todo!("measure the makespan, the peak and who was busy")
}
