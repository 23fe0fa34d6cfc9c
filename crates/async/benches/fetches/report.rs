//! The table: medians over the rounds, ratios to the limit, and whether the targets are met.

use std::fmt;

use crate::usage::Measured;
use crate::{AIOHTTP, ASYNC, BARE, Contender, REQUESTS, THREADS};

/// One contender's turn.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) measured: Measured,
    /// The most requests the server had in hand at one time.
    pub(crate) at_once: usize,
}

/// All turns of all contenders at one number of fetches.
pub(crate) struct Table {
    count: usize,
    delay_ms: u64,
    rows: Vec<(Contender, Vec<Run>)>,
}

type Figure = fn(&Run) -> f64;
const TIME: Figure = |run| run.measured.seconds * 1e3;
const CPU: Figure = |run| run.measured.cpu_seconds * 1e3;
const PEAK: Figure = |run| run.measured.peak_kib / 1024.0;
const AT_ONCE: Figure = |run| run.at_once as f64;

/// What the course promises of async: the ratio of two contenders' figures, and its bound.
struct Target {
    says: &'static str,
    above: (Contender, Figure),
    below: (Contender, Figure),
    holds: fn(f64) -> bool,
}

const TARGETS: [Target; 5] = [
    Target {
        says: "async takes at most 1.3 × the time of bare TCP",
        above: (ASYNC, TIME),
        below: (BARE, TIME),
        holds: |ratio| ratio <= 1.3,
    },
    Target {
        says: "async is at least 1.6 × ahead of aiohttp",
        above: (AIOHTTP, TIME),
        below: (ASYNC, TIME),
        holds: |ratio| ratio >= 1.6,
    },
    Target {
        says: "async is at least 5 × ahead of requests + threads",
        above: (REQUESTS, TIME),
        below: (ASYNC, TIME),
        holds: |ratio| ratio >= 5.0,
    },
    Target {
        says: "async takes less CPU than our threads",
        above: (ASYNC, CPU),
        below: (THREADS, CPU),
        holds: |ratio| ratio < 1.0,
    },
    Target {
        says: "async takes less memory than our threads",
        above: (ASYNC, PEAK),
        below: (THREADS, PEAK),
        holds: |ratio| ratio < 1.0,
    },
];

impl Table {
    pub(crate) fn new(count: usize, delay_ms: u64, contenders: &[Contender]) -> Self {
        let rows = contenders.iter().map(|contender| (*contender, Vec::new())).collect();
        Self { count, delay_ms, rows }
    }

    /// Adds one turn of each contender, in the order the table was made with.
    pub(crate) fn add_round(&mut self, turns: Vec<Run>) {
        for ((_, runs), turn) in self.rows.iter_mut().zip(turns) {
            runs.push(turn);
        }
    }

    fn runs(&self, wanted: Contender) -> Option<&[Run]> {
        self.rows.iter().find(|(contender, _)| *contender == wanted).map(|(_, runs)| &runs[..])
    }

    /// The median of the ratios within each round: what slowed one contender down slowed its neighbour too.
    fn ratio(&self, above: (Contender, Figure), below: (Contender, Figure)) -> Option<f64> {
        let pairs = self.runs(above.0)?.iter().zip(self.runs(below.0)?);
        Some(median(pairs.map(|(one, other)| above.1(one) / below.1(other))))
    }

    fn write_verdict(&self, target: &Target, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.ratio(target.above, target.below).filter(|ratio| ratio.is_finite());
        let verdict = match ratio {
            Some(ratio) if (target.holds)(ratio) => "met",
            Some(_) => "not met",
            None => "not measured",
        };
        writeln!(f, "{verdict:<13}{:>6.2}  {}", Cell(ratio.unwrap_or(f64::NAN)), target.says)
    }
}

/// The middle value, or the lower of the two in the middle; NaN for none.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
}

impl fmt::Display for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Ours(client) => client.fmt(f),
            AIOHTTP => f.pad("Python aiohttp, no limit"),
            Self::Python { .. } => f.pad("Python requests + threads"),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, delay_ms) = (self.count, self.delay_ms);
        let rounds = self.rows.first().map_or(0, |(_, runs)| runs.len());
        writeln!(
            f,
            "{count} fetches, each answered after {delay_ms} ms: medians of {rounds} rounds\n"
        )?;
        let [a, b, c, d, e, g] = ["time ms", "× bare", "CPU ms", "× bare", "peak MiB", "at once"];
        writeln!(f, "{:<28}{a:>9}{b:>8}{c:>9}{d:>8}{e:>10}{g:>9}", "")?;
        for (contender, runs) in &self.rows {
            let middle = |figure: Figure| Cell(median(runs.iter().map(figure)));
            let to_bare = |figure: Figure| {
                Cell(self.ratio((*contender, figure), (BARE, figure)).unwrap_or(f64::NAN))
            };
            write!(f, "{contender:<28}{:>9.0}{:>8.2}", middle(TIME), to_bare(TIME))?;
            write!(f, "{:>9.0}{:>8.2}", middle(CPU), to_bare(CPU))?;
            writeln!(f, "{:>10.1}{:>9.0}", middle(PEAK), middle(AT_ONCE))?;
        }
        writeln!(f)?;
        TARGETS.iter().try_for_each(|target| self.write_verdict(target, f))
    }
}

/// A number in the table, or a dash where this system does not tell.
struct Cell(f64);

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_nan() {
            write!(f, "{:>1$}", "–", f.width().unwrap_or(0))
        } else {
            self.0.fmt(f)
        }
    }
}
