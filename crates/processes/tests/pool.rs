//! The pool against real worker processes, some of which misbehave, observed from outside.
//!
//! A worker here is this test program run again with one "test" selected: [`worker`]. Since the test
//! harness prints to standard output, a shell first gives the frames a descriptor of their own.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, thread};

use processes::frame::{LIMIT, write_frame};
use processes::pool::{Pool, PoolError};
use processes::serve::{serve, this_program_as_worker};
use processes::worker::Worker;

const ROLE: &str = "POOL_TEST_WORKER";

/// Not a test: the worker's side, when this program is started as one.
#[test]
fn worker() {
    let Ok(marker) = env::var(ROLE) else { return };
    let mut to = File::options().write(true).open("/dev/fd/3").expect("the shell opened it");
    let mut raw = to.try_clone().expect("a second handle");
    let result = serve(&mut io::stdin().lock(), &mut to, |request| {
        match request {
            b"die" => process::abort(),
            b"exit" => process::exit(7),
            // The marker file is the memory that survives the worker.
            b"die once" if File::create_new(&marker).is_ok() => process::abort(),
            b"garbage" => raw.write_all(b"Hello from println!\n").expect("the pipe is open"),
            b"oversize" => raw.write_all(&(LIMIT + 1).to_le_bytes()).expect("the pipe is open"),
            b"cut short" => {
                raw.write_all(&[200, 0, 0, 0, 1]).expect("the pipe is open");
                process::exit(0)
            }
            _ => {}
        }
        request.to_ascii_uppercase()
    });
    // No farewell frame: these workers have no timeline. An empty one keeps to the agreement.
    let ending = result.and_then(|()| write_frame(&mut to, b""));
    process::exit(i32::from(ending.is_err()));
}

fn start_pool(workers: usize, marker: &str) -> Pool<Vec<u8>, Vec<u8>> {
    let marker = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pool-{marker}"));
    let _ = fs::remove_file(&marker);
    Pool::start_with(workers, move |_seat| {
        let mut command = this_test_as_worker();
        command.env(ROLE, &marker);
        Ok(command)
    })
    .expect("this program can be started again")
}

fn this_test_as_worker() -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "exec \"$0\" worker --exact --nocapture 3>&1 >/dev/null 2>&1"]);
    command.arg(env::current_exe().expect("Linux knows")).env(ROLE, "no marker");
    command
}

fn map(pool: &mut Pool<Vec<u8>, Vec<u8>>, requests: &[&str]) -> Vec<Result<String, PoolError>> {
    let requests: Vec<Vec<u8>> =
        requests.iter().map(|request| request.as_bytes().to_vec()).collect();
    let text = |bytes| String::from_utf8(bytes).expect("the workers send text back");
    pool.map(&requests).into_iter().map(|answer| answer.map(text)).collect()
}

fn lost(how: &str) -> Result<String, PoolError> {
    Err(PoolError::WorkerLost(how.to_owned()))
}

fn ok(answer: &str) -> Result<String, PoolError> {
    Ok(answer.to_owned())
}

/// True when the process table has this process id, running or as a zombie.
fn is_in_process_table(id: &u32) -> bool {
    fs::exists(format!("/proc/{id}")).expect("/proc can be asked")
}

#[test]
fn answers_come_in_the_order_of_the_requests() {
    let mut pool = start_pool(3, "order");
    let requests: Vec<String> = (0..500).map(|i| format!("dish {i}")).collect();
    let requests: Vec<&str> = requests.iter().map(String::as_str).collect();
    for round in 0..2 {
        let answers = map(&mut pool, &requests);
        for (request, answer) in requests.iter().zip(answers) {
            assert_eq!(answer, Ok(request.to_uppercase()), "round {round}");
        }
    }
    assert_eq!(pool.replaced(), 0);
    pool.close().expect("the workers end as agreed");
}

#[test]
fn no_requests_have_no_answers() {
    assert_eq!(map(&mut start_pool(2, "none"), &[]), []);
}

#[test]
fn frames_far_larger_than_a_pipe_do_not_deadlock() {
    let mut pool = start_pool(2, "large");
    let requests: Vec<Vec<u8>> = (0..40).map(|i| vec![b'0' + i; 1 << 20]).collect();
    for (request, answer) in requests.iter().zip(pool.map(&requests)) {
        assert!(answer.as_ref() == Ok(&request.to_ascii_uppercase()));
    }
}

#[test]
fn a_worker_that_dies_once_costs_nothing_but_a_retry() {
    let mut pool = start_pool(2, "once");
    let answers = map(&mut pool, &["a", "die once", "b", "c"]);
    assert_eq!(answers, [ok("A"), ok("DIE ONCE"), ok("B"), ok("C")]);
    assert_eq!(pool.replaced(), 1);
}

#[test]
fn a_request_that_kills_two_workers_is_reported_and_the_others_are_answered() {
    let mut pool = start_pool(1, "twice");
    let answers = map(&mut pool, &["a", "die", "b", "exit", "c"]);
    let expected =
        [ok("A"), lost("was ended by signal 6"), ok("B"), lost("exited with status 7"), ok("C")];
    assert_eq!(answers, expected);
    assert_eq!(pool.replaced(), 4);
}

#[test]
fn a_worker_killed_from_outside_is_replaced() {
    let mut pool = start_pool(1, "outside");
    pool.kill(0).expect("our own child");
    assert_eq!(map(&mut pool, &["a", "b"]), [ok("A"), ok("B")]);
    assert_eq!(pool.replaced(), 1);
}

#[test]
fn a_worker_that_sends_no_frames_is_given_up() {
    let mut pool = start_pool(1, "nonsense");
    let answers = map(&mut pool, &["garbage", "oversize", "cut short", "a"]);
    let [Err(PoolError::WorkerLost(garbage)), Err(PoolError::WorkerLost(oversize)), cut, a] =
        &answers[..]
    else {
        panic!("two reports were expected: {answers:?}");
    };
    assert!(garbage.starts_with("sent no frame"), "{garbage}");
    assert!(oversize.contains("67108865 bytes is announced"), "{oversize}");
    assert_eq!((cut, a), (&lost("exited with status 0"), &ok("A")));
}

#[test]
fn nonsense_ends_a_write_that_is_stuck_in_the_pipe() {
    // Behind the garbage waits more than any pipe holds, for a worker that reads no more of it.
    let mut pool = start_pool(1, "stuck");
    let mut requests = vec![b"garbage".to_vec()];
    requests.extend((0..20).map(|_| vec![b'x'; 1 << 20]));
    let answers = pool.map(&requests);
    assert!(answers[0].is_err());
    assert!(answers[1..].iter().all(Result::is_ok));
}

#[test]
fn closing_a_pool_says_how_a_worker_ended_that_should_have_lived() {
    let mut pool = start_pool(2, "closing");
    pool.kill(1).expect("our own child");
    assert_eq!(pool.close().unwrap_err().to_string(), "a worker was ended by signal 9");
}

#[test]
fn no_worker_is_left_behind_by_close_drop_or_panic() {
    for ending in ["close", "drop", "panic"] {
        let mut pool = start_pool(3, ending);
        let mut ids = pool.ids();
        map(&mut pool, &["a", "die", "b"]);
        ids.extend(pool.ids());
        let dropped =
            thread::Builder::new().name(String::from("told to panic")).spawn(
                move || match ending {
                    "close" => pool.close().expect("the workers end as agreed"),
                    "drop" => drop(pool),
                    _ => {
                        let _pool = pool;
                        // Not `panic!`: the test's output stays free of a message that looks like a failure.
                        std::panic::resume_unwind(Box::new(()));
                    }
                },
            );
        let outcome = dropped.expect("a thread starts").join();
        assert_eq!(outcome.is_err(), ending == "panic");
        let left: Vec<_> = ids.into_iter().filter(is_in_process_table).collect();
        assert!(left.is_empty(), "left behind after {ending}: {left:?}");
    }
}

#[test]
fn workers_end_when_their_input_does() {
    // What a killed parent leaves to its workers: a closed pipe.
    let mut child =
        this_test_as_worker().stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn one_worker_can_be_called_without_a_pool() {
    let mut worker = Worker::start(&mut this_test_as_worker()).unwrap();
    assert_eq!(worker.call(b"soup").unwrap(), b"SOUP");
    assert_eq!(worker.call(b"exit").unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
}

#[test]
fn a_program_that_cannot_be_started_is_an_error() {
    let pool = Pool::<u64, u64>::start_with(1, |_| Ok(Command::new("/no/such/program")));
    assert_eq!(pool.map(drop).unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn without_any_worker_left_each_request_says_so() {
    let starts = AtomicUsize::new(0);
    let mut pool = Pool::<Vec<u8>, Vec<u8>>::start_with(1, move |_| {
        // Relaxed: the starts follow one another; only their number counts.
        let is_first = starts.fetch_add(1, Ordering::Relaxed) == 0;
        Ok(Command::new(if is_first { "true" } else { "/no/such/program" }))
    })
    .unwrap();
    assert_eq!(pool.map(&[vec![1], vec![2]]), [Err(PoolError::NoWorker), Err(PoolError::NoWorker)]);
}

#[test]
fn the_command_for_a_worker_is_this_program() {
    let command = this_program_as_worker("factorial", 2).unwrap();
    assert_eq!(command.get_program(), env::current_exe().unwrap());
    assert_eq!(command.get_args().nth(1).unwrap(), "factorial");
}
