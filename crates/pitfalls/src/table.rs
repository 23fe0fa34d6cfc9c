//! Cooks around a table, a tool between each two of them: three ways of taking both, one of which gets stuck.

use std::sync::{Barrier, mpsc};
use std::thread;
use std::time::Duration;

use clap::ValueEnum;
use interleave::sync::Mutex;
use tracing::info_span;

use crate::crew::all_at_once;

/// What the cooks do so that nobody gets stuck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fix {
    /// Nothing: everybody takes the tool on the left first.
    None,
    /// Everybody takes the tool with the lower number first.
    Order,
    /// Who cannot have the second tool puts the first one back, and tries again.
    Try,
}

/// Every cook takes the tools on both sides and does `work`; returns when all have. Without a fix,
/// `reach` is called by each cook with the left tool in hand.
pub fn cook_at_once(cooks: usize, fix: Fix, reach: impl Fn(usize) + Sync, work: impl Fn() + Sync) {
    let tools: Vec<_> = (0..cooks).map(|_| Mutex::new(())).collect();
    all_at_once(cooks, |cook| {
        let (left, right) = (cook, (cook + 1) % cooks);
        match fix {
            Fix::None => left_then_right(&tools[left], &tools[right], || reach(cook), &work),
            Fix::Order => low_then_high(&tools[left.min(right)], &tools[left.max(right)], &work),
            Fix::Try => both_or_none(&tools[left], &tools[right], &work),
        }
    });
}

/// Wrong: when all have taken the left tool, all right ones are taken.
fn left_then_right(left: &Mutex<()>, right: &Mutex<()>, reach: impl FnOnce(), work: impl FnOnce()) {
    let _left = left.lock().unwrap();
    reach();
    let _right = right.lock().unwrap();
    work();
}

/// Right: the holder of the highest tool wants none that is higher, so somebody can always go on.
fn low_then_high(low: &Mutex<()>, high: &Mutex<()>, work: impl FnOnce()) {
    let wait = info_span!("wait", on = "tools").entered();
    let _low = low.lock().unwrap();
    let _high = high.lock().unwrap();
    drop(wait);
    work();
}

/// Right, but restless: nobody holds a tool while waiting, so cooks may take and put back for a while.
fn both_or_none(left: &Mutex<()>, right: &Mutex<()>, work: impl FnOnce()) {
    let wait = info_span!("wait", on = "tools").entered();
    loop {
        let left_in_hand = left.lock().unwrap();
        if let Ok(_right_in_hand) = right.try_lock() {
            drop(wait);
            return work();
        }
        drop(left_in_hand);
        thread::yield_now();
    }
}

/// Every cook takes the left tool and, when all have one, says so and reaches for the right one. Never returns.
pub fn stand_still(cooks: usize) {
    let all_have_one = Barrier::new(cooks);
    let reach = |cook| {
        all_have_one.wait();
        println!("cook {cook} holds tool {cook} and wants tool {}", (cook + 1) % cooks);
    };
    cook_at_once(cooks, Fix::None, reach, || unreachable!("nobody ever has both tools"));
}

/// Lets two cooks reach crosswise, with nothing that makes them meet; tells whether they got stuck.
/// Measured, not proved: on a machine that forgets a thread for a second it may be wrong.
#[must_use]
pub fn gets_stuck_by_luck() -> bool {
    let (tell, told) = mpsc::channel();
    // Nobody waits for these threads: if they are stuck, they stay so until the program ends.
    thread::spawn(move || {
        cook_at_once(2, Fix::None, |_| (), || ());
        let _ = tell.send(()); // nobody listens any more to one who was only late
    });
    told.recv_timeout(Duration::from_secs(1)).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave::{Explorer, FaultKind, Report};

    fn every_run(cooks: usize, fix: Fix) -> Report {
        Explorer::new().explore(move || cook_at_once(cooks, fix, |_| (), || ()))
    }

    #[test]
    fn left_first_gets_stuck_around_any_table() {
        for cooks in 2..=4 {
            let fault = every_run(cooks, Fix::None).fault.expect("all may hold their left tool");
            assert_eq!(fault.kind, FaultKind::Deadlock, "{cooks} cooks");
        }
    }

    #[test]
    fn lower_first_never_gets_stuck() {
        for (cooks, runs) in [(2, 2), (3, 6), (4, 14), (5, 30)] {
            let report = every_run(cooks, Fix::Order);
            assert_eq!((report.complete, report.runs), (true, runs), "{cooks} cooks: {report}");
        }
    }

    #[test]
    fn who_puts_back_gets_a_dish_sooner_or_later() {
        let dishes = std::sync::Mutex::new(0);
        cook_at_once(5, Fix::Try, |_| (), || *dishes.lock().unwrap() += 1);
        assert_eq!(dishes.into_inner().unwrap(), 5);
    }
}
