//! Judges `lazy_once`: counts how often the recipe was started and how often it was finished.

#[path = "../async/lazy_once.rs"]
mod exercise;

use std::cell::Cell;
use std::pin::pin;
use std::time::Duration;

use exercise::LazyOnce;
use futures::future::join_all;
use futures::poll;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::time::{sleep, timeout};

const COOKING: Duration = Duration::from_millis(100);
/// In the paused clock of these tests: reached only when nothing else can happen any more.
const NEVER: Duration = Duration::from_secs(3600);

#[derive(Default)]
struct Counts {
    started: Cell<u32>,
    finished: Cell<u32>,
}

impl Counts {
    async fn cook(&self) -> String {
        self.started.update(|count| count + 1);
        sleep(COOKING).await;
        self.finished.update(|count| count + 1);
        format!("pot {}", self.finished.get())
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_cooked_before_somebody_asks() {
    let counts = Counts::default();
    let soup = LazyOnce::new(async || counts.cook().await);
    let order = soup.get();
    sleep(COOKING * 3).await;
    assert_eq!(counts.started.get(), 0, "runs of the recipe, though nobody has awaited `get` yet");
    drop(order);
}

#[tokio::test(start_paused = true)]
async fn one_after_the_other_gets_the_same_pot() {
    let counts = Counts::default();
    let soup = LazyOnce::new(async || counts.cook().await);
    for guest in 1..=3 {
        assert_eq!(soup.get().await, "pot 1", "guest {guest}");
    }
    assert_eq!(counts.started.get(), 1, "runs of the recipe for three guests in a row");
}

#[tokio::test(start_paused = true)]
async fn those_who_ask_at_the_same_time_share_one_run() {
    let counts = Counts::default();
    let soup = LazyOnce::new(async || counts.cook().await);
    let guests = timeout(NEVER, join_all((0..5).map(|_| soup.get()))).await;
    let pots = guests.expect("five guests asked at the same time, and one of them still waits");
    assert_eq!(pots, ["pot 1"; 5]);
    assert_eq!(counts.started.get(), 1, "runs of the recipe for five guests at the same time");
}

#[tokio::test(start_paused = true)]
async fn after_a_cancelled_cook_the_next_one_starts_afresh() {
    let counts = Counts::default();
    let soup = LazyOnce::new(async || counts.cook().await);
    {
        let mut impatient = pin!(soup.get());
        assert!(poll!(impatient.as_mut()).is_pending());
    }
    let patient = timeout(NEVER, soup.get()).await;
    let pot = patient.expect("the first guest left half-way, and the second waits for ever");
    assert_eq!(pot, "pot 1");
    assert_eq!(counts.finished.get(), 1, "finished runs of the recipe");
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_cook_who_leaves_cooks_instead() {
    let counts = Counts::default();
    let soup = LazyOnce::new(async || counts.cook().await);
    let mut cook = Box::pin(soup.get());
    let mut guest = pin!(soup.get());
    assert!(poll!(cook.as_mut()).is_pending() && poll!(guest.as_mut()).is_pending());
    drop(cook);
    let guest = timeout(NEVER, guest).await;
    let pot =
        guest.expect("the cook left half-way, and the guest who waited for her waits for ever");
    assert_eq!(pot, "pot 1");
}

#[tokio::test(start_paused = true)]
async fn of_those_who_wait_for_a_cook_who_leaves_one_cooks() {
    let counts = Counts::default();
    let soup = LazyOnce::new(async || counts.cook().await);
    let mut cook = Box::pin(soup.get());
    let mut guests = pin!(join_all((0..3).map(|_| soup.get())));
    assert!(poll!(cook.as_mut()).is_pending() && poll!(guests.as_mut()).is_pending());
    drop(cook);
    let pots = timeout(NEVER, guests).await.expect("the cook left, and a guest waits for ever");
    assert_eq!(pots, ["pot 1"; 3]);
    assert_eq!(counts.started.get(), 2, "runs of the recipe: the cook's who left, and one guest's");
}

#[tokio::test(start_paused = true)]
async fn when_the_next_in_the_queue_leaves_too_the_one_after_cooks() {
    let counts = Counts::default();
    let soup = LazyOnce::new(async || counts.cook().await);
    let [mut cook, mut next] = [(); 2].map(|()| Box::pin(soup.get()));
    assert!(poll!(cook.as_mut()).is_pending() && poll!(next.as_mut()).is_pending());
    // Among these only those are polled again who are woken.
    let mut waiting = FuturesUnordered::from_iter([soup.get()]);
    assert!(poll!(waiting.next()).is_pending());
    drop(cook);
    drop(next); // whom the cook may have woken, but who has not come to it
    let last = timeout(NEVER, waiting.next()).await;
    let pot = last.expect("the cook left, then the next in the queue, and the last waits for ever");
    assert_eq!(pot.as_deref(), Some("pot 1"));
}

#[tokio::test(start_paused = true)]
async fn a_guest_who_leaves_does_not_disturb_the_cook() {
    let counts = Counts::default();
    let soup = LazyOnce::new(async || counts.cook().await);
    let mut cook = pin!(soup.get());
    let mut impatient = Box::pin(soup.get());
    assert!(poll!(cook.as_mut()).is_pending() && poll!(impatient.as_mut()).is_pending());
    drop(impatient);
    let pots = timeout(NEVER, join_all([cook, pin!(soup.get())])).await;
    assert_eq!(pots.expect("a guest left, and another waits for ever"), ["pot 1"; 2]);
    assert_eq!(counts.started.get(), 1, "runs of the recipe, though the cook never left");
}
