//! How long a piece of work took, for facts that are measured.

use std::time::Instant;

/// What `work` returns, and its milliseconds on the clock.
pub fn timed<R>(work: impl FnOnce() -> R) -> (R, f64) {
    let start = Instant::now();
    (work(), start.elapsed().as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_result_comes_with_its_milliseconds() {
        let (result, ms) = timed(|| thread::sleep(Duration::from_millis(5)));
        assert_eq!(result, ());
        // A sleep lasts at least as long as asked, so this holds on the busiest machine.
        assert!(ms >= 5.0, "{ms}");
    }
}
