//! Proves every judge: starters fail, solutions pass, each wrong answer is rejected as it predicts.

use std::path::Path;

use xtask::cargo::Progress;
use xtask::course::Course;
use xtask::verify;

#[test]
fn starters_fail_solutions_pass_wrong_answers_are_rejected_as_predicted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the course");
    let course = Course::read(root).expect("the course can be read");
    let report =
        verify::all(&course, Progress::Silent, |_| true).expect("all answers can be judged");
    assert!(report.surprises.is_empty(), "{}", report.surprises.join("\n\n"));
    assert!(report.rejected >= report.exercises, "every exercise has a wrong answer");
}
