//! The async queue against a worker process: this test program run again, as in `processes`.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io;
use std::process::{self, Command};
use std::{env, fs};

use hybrid::worker_queue::{QueueError, WorkerQueue};
use processes::frame::write_frame;
use processes::pool::Pool;
use processes::serve::serve;

const ROLE: &str = "QUEUE_TEST_WORKER";

/// Not a test: the worker's side, when this program is started as one.
#[test]
fn worker() {
    if env::var(ROLE).is_err() {
        return;
    }
    let mut to = File::options().write(true).open("/dev/fd/3").expect("the shell opened it");
    let result = serve(&mut io::stdin().lock(), &mut to, |request| match request {
        b"die" => process::abort(),
        // Answers only when the gate, a named pipe, is opened at its other end.
        gate if gate.starts_with(b"/") => fs::read(str::from_utf8(gate).unwrap()).unwrap(),
        other => other.to_ascii_uppercase(),
    });
    let ending = result.and_then(|()| write_frame(&mut to, b""));
    process::exit(i32::from(ending.is_err()));
}

fn start_queue() -> WorkerQueue<Vec<u8>, Vec<u8>> {
    let pool = Pool::start_with(1, |_| {
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" worker --exact --nocapture 3>&1 >/dev/null 2>&1"]);
        command.arg(env::current_exe()?).env(ROLE, "yes");
        Ok(command)
    });
    WorkerQueue::in_front_of(pool.unwrap(), 4).unwrap()
}

#[tokio::test]
async fn answers_find_their_callers() {
    let queue = start_queue();
    let dishes: Vec<String> = (0..20).map(|i| format!("dish {i}")).collect();
    let calls = dishes.iter().map(|dish| queue.call(dish.as_bytes().to_vec()));
    for (dish, answer) in dishes.iter().zip(futures::future::join_all(calls).await) {
        assert_eq!(answer.unwrap(), dish.to_uppercase().into_bytes());
    }
    queue.close().await.unwrap();
}

#[tokio::test]
async fn an_order_that_kills_the_worker_is_reported_and_the_next_is_answered() {
    let queue = start_queue();
    assert!(matches!(queue.call(b"die".to_vec()).await, Err(QueueError::Worker(_))));
    assert_eq!(queue.call(b"soup".to_vec()).await, Ok(b"SOUP".to_vec()));
    queue.close().await.unwrap();
}

#[tokio::test]
async fn the_loop_goes_on_while_the_worker_works() {
    let gate = format!("{}/gate", env!("CARGO_TARGET_TMPDIR"));
    let _ = fs::remove_file(&gate);
    assert!(Command::new("mkfifo").arg(&gate).status().unwrap().success());

    let queue = start_queue();
    let order = queue.call(gate.clone().into_bytes());
    // Only this task opens the gate, on the one thread there is: a blocked loop would never get here.
    let opener =
        async { tokio::task::spawn_blocking(move || fs::write(gate, "open")).await.unwrap() };
    let (answer, opened) = tokio::join!(order, opener);
    opened.unwrap();
    assert_eq!(answer, Ok(b"open".to_vec()));
}
