//! Judges `fetch_all`: jobs that wait for one another, jobs that die in three ways, and jobs in order.

use std::panic::panic_any;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use exercise::fetch_all;
use exercises::meeting::Meeting;
use exercises::patience;

#[path = "../threads/fetch_all.rs"]
mod exercise;

type Job = Box<dyn FnOnce() -> u32 + Send>;

fn fetch_one(job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
    let mut results = fetch_all(vec![job]);
    assert_eq!(results.len(), 1, "one job must give one result");
    results.remove(0)
}

#[test]
fn no_jobs_give_no_results() {
    assert_eq!(fetch_all(Vec::<Job>::new()), []);
}

#[test]
fn every_job_has_a_result_in_its_place() {
    let jobs: Vec<_> = (0..20).map(|price| move || price * 10).collect();
    let expected: Vec<_> = (0..20).map(|price| Ok(price * 10)).collect();
    assert_eq!(fetch_all(jobs), expected, "result i belongs to job i");
}

#[test]
fn the_first_job_may_finish_last() {
    let (done, wait) = channel();
    let first: Job = Box::new(move || {
        patience::recv(&wait).expect("the second job runs beside the first and tells it to end")
    });
    let second: Job = Box::new(move || {
        let _ = done.send(1);
        2
    });
    assert_eq!(
        fetch_all(vec![first, second]),
        [Ok(1), Ok(2)],
        "the order of the jobs, not of their ends"
    );
}

#[test]
fn all_jobs_run_at_the_same_time() {
    let meeting = Arc::new(Meeting::of(3));
    let jobs: Vec<_> =
        [(); 3].map(|()| Arc::clone(&meeting)).map(|meeting| move || meeting.arrive()).into();
    let met = fetch_all(jobs);
    assert_eq!(
        met,
        [Ok(true), Ok(true), Ok(true)],
        "each of 3 jobs waits for the other 2, and they never came: start all before you join any"
    );
}

#[test]
fn every_job_has_a_thread_of_its_own() {
    let mut threads = vec![Ok(thread::current().id())];
    threads.extend(fetch_all(vec![|| thread::current().id(); 2]));
    let [yours, first, second] = &threads[..] else { panic!("two jobs must give two results") };
    assert!(first != second && first != yours && second != yours, "a new thread for each job");
}

#[test]
fn a_panic_with_plain_text_is_told() {
    assert_eq!(
        fetch_one(|| panic!("the line went dead")),
        Err("the line went dead".to_owned()),
        "this panic carries a &str"
    );
}

#[test]
fn a_panic_with_formatted_text_is_told() {
    let city = String::from("Rome");
    assert_eq!(
        fetch_one(move || panic!("no line to {city}")),
        Err("no line to Rome".to_owned()),
        "this panic carries a String"
    );
}

#[test]
fn a_panic_without_text_has_no_reason() {
    assert_eq!(
        fetch_one(|| panic_any(404_u16)),
        Err("no reason given".to_owned()),
        "this panic carries a number"
    );
}

#[test]
fn one_dead_job_leaves_the_others_alone() {
    let jobs: Vec<Job> = vec![Box::new(|| 0), Box::new(|| panic!("spilt")), Box::new(|| 2)];
    assert_eq!(fetch_all(jobs), [Ok(0), Err("spilt".to_owned()), Ok(2)]);
}
