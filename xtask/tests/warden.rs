//! The warden against programs that misbehave: each is told apart, stopped, and leaves nothing behind.
//!
//! Nothing here measures time. A limit is short only where the verdict is the same however busy the
//! machine is; every wait is for a condition, and [`PATIENCE`] only turns a failure into a message.

#![cfg(target_os = "linux")]

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use xtask::warden::{self, Cancel, Cause, Death, Doing, Ending, Job, Limits, Outcome, Output};

/// How long a condition may take on a very busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const MARK: &str = "HOSTILE_MARK";

/// Compiles what lies in `tests/hostile`, unless this very text has been compiled before.
fn compiled(source: &str, flags: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let mut files: Vec<_> =
        fs::read_dir(&folder).expect("it is there").flatten().map(|file| file.path()).collect();
    files.sort();
    let mut text = DefaultHasher::new();
    files.iter().for_each(|file| fs::read(file).expect("it was just listed").hash(&mut text));
    let name = format!("hostile-{}-{:016x}", source.replace('.', "-"), text.finish());
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if !program.exists() {
        // Made beside, then put in place: two runs of the tests may compile at once.
        let fresh = program.with_extension(std::process::id().to_string());
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let mut command = Command::new(rustc);
        command.args(["--edition", "2024"]).args(flags).arg(folder.join(source));
        let output = command.arg("-o").arg(&fresh).output().expect("rustc runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        // Whoever is first wins; a program in use must not be replaced.
        let _ = fs::hard_link(&fresh, &program);
        fs::remove_file(&fresh).expect("it was just made");
    }
    program
}

fn hostile() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| compiled("misdeeds.rs", &[]))
}

/// A job whose processes can be found again by its mark.
fn job(misdeed: &str) -> Job {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    // Relaxed: only that the numbers differ matters.
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mark = format!("{misdeed}-{}-{count}", std::process::id());
    Job {
        program: hostile().to_owned(),
        args: vec![misdeed.to_owned()],
        env: vec![(MARK.to_owned(), mark)],
        dir: env!("CARGO_TARGET_TMPDIR").into(),
        limits: Limits { wall: Some(PATIENCE), ..Limits::for_answers() },
        output: Output::Capture,
    }
}

fn run(job: &Job) -> Outcome {
    let outcome = warden::run(job).expect("the warden works");
    assert_eq!(marked(job), Vec::<u32>::new(), "left behind by {:?}", job.args);
    outcome
}

/// Runs a program into its time limit. Where the machine was so busy that it did not even get to its
/// misdeed, again with twice the time.
fn run_into_limit(misdeed: &str) -> Outcome {
    run_job_into_limit(job(misdeed))
}

fn run_job_into_limit(mut job: Job) -> Outcome {
    let mut wall = Duration::from_millis(300);
    while wall < PATIENCE {
        job.limits.wall = Some(wall);
        let outcome = run(&job);
        if outcome.stderr.text() == "ready\n" {
            return outcome;
        }
        wall *= 2;
    }
    panic!("{:?} never got ready", job.args);
}

/// The processes that carry the job's mark in their environment, zombies not counted.
fn marked(job: &Job) -> Vec<u32> {
    let mark = format!("{MARK}={}", job.env[0].1);
    let carries = |pid: &u32| {
        let variables = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        variables.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
    };
    let entries = fs::read_dir("/proc").expect("Linux has /proc").flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(carries).collect()
}

fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let since = Instant::now();
    while !condition() {
        assert!(since.elapsed() < PATIENCE, "still not: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What the threads with this name were seen doing.
fn doing<'a>(ending: &'a Ending, name: &str) -> Vec<&'a Doing> {
    let (Ending::TimedOut(diagnosis) | Ending::Stuck(diagnosis)) = ending else {
        panic!("it ended otherwise: {ending}");
    };
    let named = diagnosis.threads.iter().filter(|thread| thread.name == name);
    named.map(|thread| &thread.doing).collect()
}

#[test]
fn a_program_that_behaves_is_left_alone() {
    let outcome = run(&job("behaves"));
    assert_eq!(outcome.ending, Ending::Exited(0));
    assert_eq!(outcome.stdout.text(), "all is well\n");
    assert_eq!(outcome.strays, 0);
}

#[test]
fn a_deadlock_is_proved_and_names_both_threads() {
    let outcome = run(&job("deadlock"));
    assert!(matches!(outcome.ending, Ending::Stuck(_)), "{}", outcome.ending);
    assert_eq!(doing(&outcome.ending, "withdraw"), [&Doing::WaitsForLock]);
    assert_eq!(doing(&outcome.ending, "deposit"), [&Doing::WaitsForLock]);
    assert_eq!(doing(&outcome.ending, "main"), [&Doing::Joins("withdraw".to_owned())]);
    let text = outcome.ending.to_string();
    assert!(text.starts_with("Every thread is waiting for a lock"), "{text}");
    assert!(text.contains("so none can ever move"), "{text}");
}

#[test]
fn a_deadlock_inside_a_test_is_proved_too() {
    let mut job = job("judge");
    job.program = compiled("judge.rs", &["--test"]);
    job.args = vec!["--test-threads=1".to_owned()];
    let outcome = run(&job);
    assert!(matches!(outcome.ending, Ending::Stuck(_)), "{}", outcome.ending);
    assert_eq!(doing(&outcome.ending, "second-cook"), [&Doing::WaitsForLock]);
    let cut = doing(&outcome.ending, "a_test_that_wai…");
    assert_eq!(cut, [&Doing::Joins("second-cook".to_owned())]);
}

#[test]
fn a_lock_taken_twice_is_proved() {
    let outcome = run(&job("self_lock"));
    assert!(matches!(outcome.ending, Ending::Stuck(_)), "{}", outcome.ending);
    assert_eq!(doing(&outcome.ending, "main"), [&Doing::WaitsForLock]);
}

#[test]
fn a_message_that_nobody_can_send_is_proved() {
    let outcome = run(&job("recv_forever"));
    assert!(matches!(outcome.ending, Ending::Stuck(_)), "{}", outcome.ending);
    assert_eq!(doing(&outcome.ending, "main"), [&Doing::WaitsForMessage]);
}

#[test]
fn a_wait_with_a_timeout_is_waited_for() {
    let outcome = run(&job("nap_at_a_lock"));
    assert_eq!(outcome.ending, Ending::Exited(0));
    assert_eq!(outcome.stdout.text(), "nobody ordered\n");
}

#[test]
fn a_loop_without_end_is_called_spinning() {
    let outcome = run_into_limit("spin");
    assert_eq!(doing(&outcome.ending, "whisk"), [&Doing::Spins]);
    let text = outcome.ending.to_string();
    assert!(text.contains("Thread `whisk` is spinning"), "{text}");
}

#[test]
fn processor_time_used_up_is_called_spinning_too() {
    let mut job = job("spin");
    job.limits.cpu = Some(Duration::from_secs(1));
    let text = run(&job).ending.to_string();
    assert!(text.contains("is spinning: it has used up its processor time"), "{text}");
}

#[test]
fn a_long_sleep_is_called_sleeping() {
    let outcome = run_into_limit("sleep_long");
    assert!(matches!(outcome.ending, Ending::TimedOut(_)), "{}", outcome.ending);
    assert_eq!(doing(&outcome.ending, "main"), [&Doing::Sleeps]);
}

#[test]
fn whoever_waits_for_a_child_is_not_proved_stuck_and_the_child_is_shown() {
    let outcome = run_into_limit("wait_for_child");
    let text = outcome.ending.to_string();
    assert!(doing(&outcome.ending, "main").contains(&&Doing::WaitsForChild), "{text}");
    assert!(text.contains("`whisk` of the child process"), "{text}");
    assert_eq!(outcome.strays, 1);
}

#[test]
fn a_stopped_program_is_called_stopped() {
    let outcome = run_into_limit("stop");
    assert!(matches!(outcome.ending, Ending::TimedOut(_)), "{}", outcome.ending);
    assert_eq!(doing(&outcome.ending, "main"), [&Doing::Stopped]);
}

#[test]
fn with_a_living_child_nothing_is_proved_before_the_limit() {
    let mut job = job("wait_beside_a_child");
    // Long enough for a proof to be found, if one were looked for.
    job.limits.wall = Some(Duration::from_secs(2));
    let outcome = run(&job);
    assert!(matches!(outcome.ending, Ending::TimedOut(_)), "{}", outcome.ending);
}

#[test]
fn a_flood_is_stopped_and_its_beginning_kept() {
    let outcome = run(&job("flood"));
    assert_eq!(outcome.ending, Ending::Flooded);
    assert!(outcome.stdout.text().starts_with("the first line\nxxx"));
    assert!(outcome.stdout.text().len() < 200_000);
    assert!(outcome.stdout.total() > 16 << 20);
}

#[test]
fn a_hog_is_stopped_before_it_has_it_all() {
    let mut job = job("hog_memory");
    job.limits.memory_bytes = Some(200 << 20);
    let outcome = run(&job);
    assert_eq!(outcome.stdout.text(), "");
    let Ending::Signalled(Death { cause: Cause::OutOfMemory(_), .. }) = outcome.ending else {
        panic!("it ended otherwise: {}", outcome.ending);
    };
}

#[test]
fn what_many_small_programs_share_counts_once() {
    let mut job = job("many_children");
    // Fifty times the C library and the program itself are more; what each has for itself is not.
    job.limits.memory_bytes = Some(48 << 20);
    let outcome = run_job_into_limit(job);
    assert!(matches!(outcome.ending, Ending::TimedOut(_)), "{}", outcome.ending);
    assert_eq!(outcome.strays, 50);
}

#[test]
fn an_abort_an_overflow_a_panic_and_an_early_exit_are_told_apart() {
    let abort = run(&job("abort")).ending;
    let unknown = Cause::Unknown;
    assert_eq!(abort, Ending::Signalled(Death { signal: libc::SIGABRT, cause: unknown }));
    assert!(abort.to_string().contains("SIGABRT"), "{abort}");

    let overflow = run(&job("overflow_stack")).ending;
    let cause = Cause::StackOverflow;
    assert_eq!(overflow, Ending::Signalled(Death { signal: libc::SIGABRT, cause }));

    let panic = run(&job("panic"));
    assert_eq!(panic.ending, Ending::Exited(101));
    assert!(panic.stderr.text().contains("the soup is burnt"));

    assert_eq!(run(&job("exits_zero")).ending, Ending::Exited(0));
}

#[test]
fn children_left_behind_are_killed_and_do_not_delay_the_verdict() {
    let outcome = run(&job("leave_children"));
    assert_eq!(outcome.ending, Ending::Exited(0));
    assert_eq!(outcome.stdout.text(), "left four\n");
    assert_eq!(outcome.strays, 4);
}

#[test]
fn a_fork_bomb_is_cleared_to_the_last_process() {
    // Until it is fully grown: 2 + 4 + 8 + 16 children.
    let job = job("fork_bomb");
    let running = warden::start(&job).expect("the warden starts");
    wait_until("all 31 are there", || marked(&job).len() == 31);
    drop(running);
    assert_eq!(marked(&job), Vec::<u32>::new());
}

#[test]
fn dropping_a_job_ends_it_even_if_it_ignores_requests() {
    let job = job("ignore_requests");
    let running = warden::start(&job).expect("the warden starts");
    wait_until("it and its child run", || marked(&job).len() == 2);
    drop(running);
    assert_eq!(marked(&job), Vec::<u32>::new());
}

#[test]
fn a_job_can_be_cancelled_from_another_thread() {
    let job = job("ignore_requests");
    let cancel = Cancel::default();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| warden::run_unless(&cancel, &job));
        wait_until("it and its child run", || marked(&job).len() == 2);
        cancel.cancel();
        waiting.join().expect("waiting does not panic").expect_err("there is no outcome");
        assert_eq!(marked(&job), Vec::<u32>::new());
    });
    assert!(cancel.is_cancelled());
}

#[test]
fn a_job_that_is_started_after_it_was_cancelled_does_not_last() {
    let job = job("ignore_requests");
    let cancel = Cancel::default();
    cancel.cancel();
    warden::run_unless(&cancel, &job).expect_err("there is no outcome");
    assert_eq!(marked(&job), Vec::<u32>::new());
}

#[test]
fn a_program_that_is_not_there_is_said_to_be_missing() {
    let mut job = job("behaves");
    job.program = "/no/such/program".into();
    let error = warden::run(&job).expect_err("there is nothing to run").to_string();
    assert!(error.contains("/no/such/program cannot be started"), "{error}");
}

#[test]
fn a_warden_that_is_killed_takes_its_program_along_and_is_missed() {
    let job = job("spin");
    let running = warden::start(&job).expect("the warden starts");
    wait_until("the program runs", || !marked(&job).is_empty());
    let stat = fs::read_to_string(format!("/proc/{}/stat", marked(&job)[0])).expect("it runs");
    let parent = stat.rsplit_once(") ").and_then(|(_, fields)| fields.split(' ').nth(1));
    send(parent.expect("the field after the state"), libc::SIGKILL);
    let error = running.wait().expect_err("nobody is left to tell").to_string();
    assert!(error.contains("The process that watches the program was ended"), "{error}");
    wait_until("the program is gone", || marked(&job).is_empty());
}

/// The name of the variable that makes the test below play the runner that gets killed.
const PLAY_RUNNER: &str = "HOSTILE_PLAY_RUNNER";

#[test]
fn a_runner_that_is_killed_leaves_nothing_behind() {
    if let Ok(job) = std::env::var(PLAY_RUNNER) {
        let job = serde_json::from_str(&job).expect("the other side wrote it");
        panic!("nobody killed the runner: {:?}", warden::run(&job));
    }
    // Not INT or HUP: whoever runs the tests in the background may have them ignored.
    for signal in [libc::SIGTERM, libc::SIGKILL] {
        for misdeed in ["spin", "ignore_requests", "fork_bomb"] {
            for output in [Output::Capture, Output::Inherit] {
                let mut job = job(misdeed);
                job.output = output;
                let mut runner = play_runner(&job);
                wait_until("the program runs", || marked(&job).len() >= 2 || misdeed == "spin");
                wait_until("the program runs", || !marked(&job).is_empty());
                send(&runner.id().to_string(), signal);
                let status = runner.wait().expect("the runner is our child");
                assert_eq!(status.signal(), Some(signal), "the runner died otherwise");
                wait_until("nothing is left", || marked(&job).is_empty());
            }
        }
    }
}

/// This test program once more, running only the test above, in the other role.
fn play_runner(job: &Job) -> Child {
    Command::new(std::env::current_exe().expect("a test knows its path"))
        .args(["--exact", "a_runner_that_is_killed_leaves_nothing_behind"])
        .env(PLAY_RUNNER, serde_json::to_string(job).expect("a job can be written"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a test can be started again")
}

fn send(process: &str, signal: i32) {
    let status = Command::new("kill").args([&format!("-{signal}"), process]).status();
    assert!(status.expect("kill runs").success());
}
