//! Judges `compute_in_rayon`: whose thread computes, who may go on meanwhile, and what a panic becomes.

#[path = "../hybrid/compute_in_rayon.rs"]
mod exercise;

use std::panic::panic_any;
use std::sync::mpsc;

use exercise::compute_in_rayon;
use exercises::patience;
use futures::FutureExt;

#[tokio::test]
async fn the_value_comes_back() {
    assert_eq!(compute_in_rayon(|| 6 * 7).await, Ok(42));
    assert_eq!(compute_in_rayon(|| String::from("soup")).await.as_deref(), Ok("soup"));
}

#[tokio::test]
async fn the_work_runs_on_a_rayon_thread() {
    let index = compute_in_rayon(rayon::current_thread_index).await;
    assert!(matches!(index, Ok(Some(_))), "the work ran on a thread that is not one of rayon's");
}

#[tokio::test]
async fn other_tasks_go_on_while_the_work_runs() {
    // This test has one thread. The work waits at a gate that only the other task opens.
    let (open, gate) = mpsc::channel();
    let work = compute_in_rayon(move || patience::recv(&gate).is_ok());
    let opener = async move {
        // An answer that has blocked until now has let the gate go; the verdict comes below.
        let _ = open.send(());
    };
    let (opened, ()) = tokio::join!(work, opener);
    assert_eq!(opened, Ok(true), "while the work ran, no other task of this thread did");
}

#[tokio::test]
async fn a_panic_becomes_an_error_with_its_message() {
    let name = "soufflé";
    assert_eq!(compute_in_rayon(|| -> u8 { panic!("burnt") }).await, Err("burnt".to_owned()));
    assert_eq!(
        compute_in_rayon(move || -> u8 { panic!("burnt: {name}") }).await,
        Err("burnt: soufflé".to_owned())
    );
    assert_eq!(compute_in_rayon(|| -> u8 { panic_any(7) }).await, Err("no message".to_owned()));
    assert_eq!(compute_in_rayon(|| 1).await, Ok(1), "after a panic rayon serves the next caller");
}

#[tokio::test]
async fn a_caller_that_leaves_harms_nobody() {
    let (open, gate) = mpsc::channel::<()>();
    let (begin, begun) = mpsc::channel();
    let mut call = Box::pin(compute_in_rayon(move || {
        begin.send(()).expect("the judge waits for this");
        patience::recv(&gate)
    }));
    let early = (&mut call).now_or_never();
    assert!(early.is_none(), "the work waits at a gate, there can be no value yet");
    patience::recv(&begun).expect("the first poll hands the work to rayon");
    drop(call);
    drop(open); // now the work ends, and nobody wants its value
    // As many calls as rayon has threads, so that the one which did that work is among those asked.
    for _ in 0..rayon::current_num_threads() * 4 {
        assert_eq!(compute_in_rayon(|| 1).await, Ok(1), "the next caller is served as ever");
    }
}
