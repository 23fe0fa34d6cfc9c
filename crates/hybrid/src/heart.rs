//! A heart that beats beside some work, and tells how long it stood still.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio::time::{Instant, interval};
use tracing::{Instrument, info_span};

/// Does `work` while a heart beats `every` so often on the same runtime. Returns what came of the work and the
/// largest gap between two beats: the beat itself when the loop stays free, more when something blocks it.
///
/// # Panics
///
/// Outside a tokio runtime with time, and when `every` is zero.
pub async fn largest_gap_during<T>(
    every: Duration,
    work: impl Future<Output = T>,
) -> (T, Duration) {
    let (stop, stopped) = oneshot::channel();
    let heart = tokio::spawn(beat_until(stopped, every).instrument(info_span!("heart")));
    yield_now().await; // the first beat comes before the work
    let output = work.await;
    stop.send(()).expect("the heart beats until it is told to stop");
    (output, heart.await.expect("a heart does not panic"))
}

/// Beats until it is told to stop, and returns the largest gap between two beats. The stop counts as a beat:
/// what was missed before it shows in the one that comes too late.
async fn beat_until(mut stopped: oneshot::Receiver<()>, every: Duration) -> Duration {
    let mut beats = interval(every);
    let (mut last, mut largest) = (Instant::now(), Duration::ZERO);
    loop {
        let over = tokio::select! {
            _ = beats.tick() => false,
            _ = &mut stopped => true,
        };
        largest = largest.max(last.elapsed());
        last = Instant::now();
        if over {
            return largest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::{advance, sleep};

    const BEAT: Duration = Duration::from_millis(10);

    #[tokio::test(start_paused = true)]
    async fn beside_work_that_waits_the_gap_is_the_beat() {
        let work = async {
            sleep(10 * BEAT).await;
            7
        };
        assert_eq!(largest_gap_during(BEAT, work).await, (7, BEAT));
    }

    #[tokio::test(start_paused = true)]
    async fn time_that_passes_without_a_turn_for_the_heart_is_the_gap() {
        // The clock jumps, as it seems to do for tasks that get no turn.
        assert_eq!(largest_gap_during(BEAT, advance(50 * BEAT)).await.1, 50 * BEAT);
    }
}
