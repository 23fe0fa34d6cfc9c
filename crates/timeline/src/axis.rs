//! The time axis: its unit and where its marks stand.

/// Round marks along a stretch of time.
pub(crate) struct Axis {
    /// `s`, `ms`, `µs` or `ns`.
    pub(crate) unit: &'static str,
    /// Nanoseconds from one mark to the next.
    pub(crate) step: u64,
    nanoseconds: u64,
}

impl Axis {
    /// For a stretch of so many nanoseconds with at most so many steps (at least one).
    pub(crate) fn new(length: u64, steps: u64) -> Self {
        let (unit, nanoseconds) = match length {
            2_000_000_000.. => ("s", 1_000_000_000),
            2_000_000.. => ("ms", 1_000_000),
            2_000.. => ("µs", 1_000),
            _ => ("ns", 1),
        };
        Self { unit, step: round_step(length.div_ceil(steps.max(1))), nanoseconds }
    }

    /// The time of each mark, from zero, in nanoseconds.
    pub(crate) fn marks(&self, length: u64) -> impl Iterator<Item = u64> {
        let step = self.step;
        (0..=length / step).map(move |n| n * step)
    }

    /// What a mark at this time says, without the unit.
    pub(crate) fn label(&self, time: u64) -> String {
        // Display of a float is as short as can be: 0.5, 10, 250.
        format!("{}", time as f64 / self.nanoseconds as f64)
    }
}

/// The next of 1, 2, 5, 10, 20, 50 … that is at least this.
fn round_step(least: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        for step in [1, 2, 5] {
            match power.checked_mul(step) {
                Some(step) if step >= least => return step,
                Some(_) => {}
                None => return u64::MAX,
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let cases = [(0, 1), (1, 1), (3, 5), (7, 10), (11, 20), (250, 500), (u64::MAX, u64::MAX)];
        for (least, step) in cases {
            assert_eq!(round_step(least), step, "at least {least}");
        }
    }

    #[test]
    fn the_unit_suits_the_length() {
        for (length, unit) in [(3_000_000_000, "s"), (300_000_000, "ms"), (9_000, "µs"), (90, "ns")]
        {
            assert_eq!(Axis::new(length, 5).unit, unit);
        }
    }

    #[test]
    fn marks_count_in_the_unit() {
        let axis = Axis::new(2_400_000_000, 5);
        let labels: Vec<_> = axis.marks(2_400_000_000).map(|time| axis.label(time)).collect();
        assert_eq!(labels, ["0", "0.5", "1", "1.5", "2"]);
    }
}
