//! Proves every judge: starters fail, solutions pass, each wrong answer is rejected as it predicts.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use xtask::cargo::Progress;
use xtask::course::{Course, read};
use xtask::judge::Verdict;
use xtask::verify::{self, Effort, tally};

/// Answers are verified in one place, by one test at a time.
static PACKAGE: Mutex<()> = Mutex::new(());

fn read_course() -> Course {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the course");
    Course::read(root).expect("the course can be read")
}

#[test]
fn starters_fail_solutions_pass_wrong_answers_are_rejected_as_predicted() {
    let _package = PACKAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let course = read_course();
    let report = verify::all(&course, Progress::Silent, Effort::Once, |_| true)
        .expect("all answers can be judged");
    assert!(report.surprises.is_empty(), "{}", report.surprises.join("\n\n"));
    assert!(report.tallies.iter().all(|tally| tally.rejected > 0), "{:?}", report.tallies);
    let fresh = tally::readme(&course, &report.tallies).expect("the README has a place for it");
    let present = read(&course.root.join("README.md")).expect("there is a README");
    assert_eq!(
        tally::without_luck(&present),
        tally::without_luck(&fresh),
        "the README's table is stale. Refresh with: cargo xtask verify --readme"
    );
    assert!(tally::let_through_by_readme(&course).expect("the table ends with a number") > 0);
    let let_through = report.tallies.iter().filter_map(|tally| tally.let_through).sum::<usize>();
    assert!(let_through > 0, "one plain run notices every wrong answer: {:?}", report.tallies);
}

#[test]
fn a_report_on_tasks_names_the_line_of_an_await_in_the_answer() {
    let _package = PACKAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let course = read_course();
    let exercise = course.exercise("async_explore").expect("it is judged under tasks");
    let name = "one_guest_at_a_time";
    let judged = verify::refute_all(&course, exercise, Progress::Silent, |wrong| wrong == name)
        .expect("it can be judged");
    let [(_, Verdict::Failed(failures))] = &judged[..] else { panic!("it fails: {judged:?}") };
    assert!(
        failures.iter().any(|failure| failure.message.contains("self.door.lock().await")),
        "{failures:?}"
    );
}
