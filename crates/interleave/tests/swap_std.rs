//! One line puts the engine under a file that was written for the standard library.

extern crate interleave as std;

#[path = "swap/kitchen.rs"]
mod kitchen;

#[test]
fn an_untouched_file_is_explored() {
    let report = std::check(|| assert_eq!(kitchen::wait_for_a_cook(), 4));
    assert!(report.complete && report.runs > 1, "{report}");
}

#[test]
fn statics_start_every_run_as_they_were_written() {
    let report = std::check(|| {
        assert_eq!(kitchen::serve_in_two_threads(), 2);
        assert_eq!(kitchen::notes().len(), 2);
    });
    assert!(report.complete && report.runs > 1, "{report}");
}
