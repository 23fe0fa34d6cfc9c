//! One clock for every process of this machine.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Nanoseconds since the Unix epoch: the wall clock read once, then the monotonic clock on top of it.
///
/// Each process reads the wall clock at its own start, so their times can be laid side by side (to
/// better than a microsecond on an idle machine), and within a process time never runs backwards. The
/// limit: if the wall clock is set between the starts of two processes, their times are apart by as much.
pub(crate) fn now() -> u64 {
    static ANCHOR: OnceLock<(u64, Instant)> = OnceLock::new();
    let (wall, start) = ANCHOR.get_or_init(|| {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        (nanoseconds(since_epoch), Instant::now())
    });
    wall.saturating_add(nanoseconds(start.elapsed()))
}

fn nanoseconds(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_runs_backwards() {
        let readings: Vec<u64> = (0..1000).map(|_| now()).collect();
        assert!(readings.is_sorted());
        assert!(readings[0] > 1_700_000_000_000_000_000, "later than 2023: it is wall time");
    }
}
