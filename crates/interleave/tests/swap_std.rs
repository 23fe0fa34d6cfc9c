//! One line puts the engine under a file that was written for the standard library, and one more for `core`.

extern crate interleave as core;
extern crate interleave as std;

#[path = "swap/kitchen.rs"]
mod kitchen;

#[test]
fn an_untouched_file_is_explored() {
    let report = std::check(|| assert_eq!(kitchen::wait_for_a_cook(), 4));
    assert!(report.complete && report.runs > 1, "{report}");
}

/// Says `core` where it could say `std`, as an editor may that imports by itself.
mod says_core {
    use core::sync::atomic::{AtomicUsize, Ordering};

    pub(crate) fn count_in_two_threads() -> usize {
        let count = AtomicUsize::new(0);
        std::thread::scope(|kitchen| {
            for _ in 0..2 {
                kitchen.spawn(|| count.fetch_add(1, Ordering::Relaxed));
            }
        });
        count.load(Ordering::Relaxed)
    }
}

#[test]
fn the_atomics_of_core_are_explored_too() {
    let report = std::check(|| assert_eq!(says_core::count_in_two_threads(), 2));
    assert_eq!((report.complete, report.runs), (true, 2), "two orders of two additions: {report}");
}

#[test]
fn statics_start_every_run_as_they_were_written() {
    let report = std::check(|| {
        assert_eq!(kitchen::serve_in_two_threads(), 2);
        assert_eq!(kitchen::notes().len(), 2);
    });
    assert!(report.complete && report.runs > 1, "{report}");
}
