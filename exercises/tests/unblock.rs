//! Judges `unblock`: each job ends only when another task of the same thread has answered it.

#[path = "../hybrid/unblock.rs"]
mod exercise;

use std::sync::mpsc::{self, TryRecvError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use exercise::{close_books, load_menu, next_order};
use exercises::patience;

/// A job that asks a task on this thread for an answer, and that task. The job returns whether it got one.
fn job_and_waiter() -> (impl FnOnce() -> bool + Send + 'static, impl Future<Output = ()>) {
    let (ask, asked) = mpsc::channel();
    let (answer, answered) = mpsc::channel();
    let job = move || {
        ask.send(()).expect("the waiter stays until it was asked");
        patience::recv(&answered).is_ok()
    };
    let waiter = async move {
        while asked.try_recv() == Err(TryRecvError::Empty) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let _ = answer.send(()); // a job that has lost its patience has told the test
    };
    (job, waiter)
}

#[tokio::test]
async fn the_loop_goes_on_while_the_menu_is_read() {
    let (job, waiter) = job_and_waiter();
    let read = move || if job() { "soup, pie" } else { "cold soup" }.to_owned();
    let (menu, ()) = tokio::join!(load_menu(read), waiter);
    assert_eq!(menu, "soup, pie", "no other task had a turn while load_menu was waiting");
}

#[tokio::test]
async fn the_loop_goes_on_while_the_books_are_closed() {
    let (job, waiter) = job_and_waiter();
    let (sum, ()) = tokio::join!(close_books(move || if job() { 4200 } else { 0 }), waiter);
    assert_eq!(sum, 4200, "no other task had a turn while close_books was counting");
}

#[tokio::test]
async fn the_loop_goes_on_while_no_order_comes() {
    let (till, orders) = mpsc::channel();
    let (done, is_done) = mpsc::channel::<()>();
    // Without it an answer that blocks would wait for ever.
    let rescue = till.clone();
    let rescuer = thread::spawn(move || {
        if patience::recv(&is_done) == Err(mpsc::RecvTimeoutError::Timeout) {
            let _ = rescue.send("an order that came too late".to_owned());
        }
    });
    let customer = async {
        tokio::time::sleep(Duration::from_millis(5)).await;
        till.send("soup".to_owned()).unwrap();
    };
    let (order, ()) = tokio::join!(next_order(Arc::new(Mutex::new(orders))), customer);
    drop(done);
    rescuer.join().unwrap();
    let message =
        "the customer, a task on the same thread, had no turn while next_order was waiting";
    assert_eq!(order.as_deref(), Some("soup"), "{message}");
}

#[tokio::test]
async fn a_closed_till_has_no_next_order() {
    let (till, orders) = mpsc::channel();
    let orders = Arc::new(Mutex::new(orders));
    till.send("pie".to_owned()).unwrap();
    drop(till);
    assert_eq!(next_order(Arc::clone(&orders)).await.as_deref(), Some("pie"));
    assert_eq!(next_order(orders).await, None);
}
