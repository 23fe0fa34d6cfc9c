//! Cooks who dawdle, each as long as a seed decides.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// Something to do in a gap: gives way up to 3 times. How often is decided by the seed, the number of the run,
/// and who is first in the gap: the scheduler has a say in that, and in what comes of it.
pub fn dawdle(seed: u32, run: u32) -> impl Fn() + Sync {
    let calls = AtomicU64::new(0);
    move || {
        // Relaxed: each call needs a number of its own, and nothing else.
        let times =
            scatter(u64::from(seed) << 32 | u64::from(run), calls.fetch_add(1, Ordering::Relaxed));
        (0..times).for_each(|_| thread::yield_now());
    }
}

/// A number from 0 to 3 that looks like chance: the upper bits of a product with the golden ratio.
fn scatter(place: u64, call: u64) -> u64 {
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    (place.wrapping_mul(GOLDEN) ^ call).wrapping_mul(GOLDEN) >> 62
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_comes_up_about_equally_often() {
        let mut counts = [0; 4];
        for run in 0..1000 {
            counts[scatter(run, run % 2) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (150..350).contains(count)), "{counts:?}");
    }

    #[test]
    fn another_seed_dawdles_differently() {
        let times = |seed: u64| (0..20).map(move |run| scatter(seed << 32 | run, 0));
        assert!(times(1).eq(times(1)));
        assert!(times(1).ne(times(2)));
    }
}
