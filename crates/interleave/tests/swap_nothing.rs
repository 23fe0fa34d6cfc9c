//! The same file without that line, and the types of the engine outside of a run.

#[path = "swap/kitchen.rs"]
mod kitchen;

#[test]
fn the_same_file_runs_on_the_real_library() {
    assert_eq!(kitchen::wait_for_a_cook(), 4);
    assert_eq!(kitchen::serve_in_two_threads(), 2);
    assert_eq!(kitchen::notes().len(), 2);
}
