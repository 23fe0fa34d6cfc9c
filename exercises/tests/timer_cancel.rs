//! Judges `timer_cancel` with a clock in its own hand, under every schedule: done or called off, never both.

extern crate interleave as std;

#[path = "../threads/timer_cancel.rs"]
mod exercise;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

use exercise::Clock;

/// Counts how often a job is done.
#[derive(Clone, Default)]
struct Soup {
    served: Arc<AtomicUsize>,
}

impl Soup {
    fn job(&self) -> impl FnOnce() + Send + 'static {
        let served = Arc::clone(&self.served);
        move || {
            served.fetch_add(1, SeqCst);
        }
    }

    fn served(&self) -> usize {
        self.served.load(SeqCst)
    }
}

#[test]
fn a_timer_rings_when_it_is_due_and_once() {
    std::check(|| {
        let (clock, soup) = (Clock::new(), Soup::default());
        let _timer = clock.after(3, soup.job());
        clock.advance(2);
        assert_eq!(soup.served(), 0, "minute 2 of 3; soups served");
        clock.advance(1);
        assert_eq!(soup.served(), 1, "minute 3 of 3; soups served");
        clock.advance(10);
        assert_eq!(soup.served(), 1, "minute 13 of 3; soups served");
    });
}

#[test]
fn minutes_are_counted_from_now() {
    std::check(|| {
        let (clock, soup) = (Clock::new(), Soup::default());
        clock.advance(5);
        let _timer = clock.after(3, soup.job());
        clock.advance(2);
        assert_eq!(soup.served(), 0, "set at minute 5 for 3 minutes, now it is 7; soups served");
        clock.advance(1);
        assert_eq!(soup.served(), 1, "set at minute 5 for 3 minutes, now it is 8; soups served");
    });
}

#[test]
fn what_is_called_off_in_time_never_rings() {
    std::check(|| {
        let (clock, early, late) = (Clock::new(), Soup::default(), Soup::default());
        let (first, second) = (clock.after(3, early.job()), clock.after(3, late.job()));
        assert!(first.cancel(), "called off at minute 0 of 3, and told that it is too late");
        clock.advance(3);
        assert_eq!((early.served(), late.served()), (0, 1), "called off, and not called off");
        assert!(!second.cancel(), "called off after it rang, and told that it was in time");
    });
}

#[test]
fn a_timer_that_nobody_keeps_rings_all_the_same() {
    std::check(|| {
        let (clock, soup) = (Clock::new(), Soup::default());
        drop(clock.after(3, soup.job()));
        clock.advance(3);
        assert_eq!(soup.served(), 1, "soups served");
    });
}

#[test]
fn it_is_done_or_called_off_and_never_both() {
    std::check(|| {
        let (clock, soup) = (Clock::new(), Soup::default());
        let timer = clock.after(3, soup.job());
        let in_time = thread::scope(|kitchen| {
            let other = kitchen.spawn(|| timer.cancel());
            clock.advance(3);
            other.join().unwrap()
        });
        let expected = usize::from(!in_time);
        assert_eq!(soup.served(), expected, "`cancel` told {in_time}; soups served");
    });
}

#[test]
fn two_who_turn_the_clock_do_each_job_once() {
    std::check(|| {
        let (clock, soup) = (Clock::new(), Soup::default());
        let _timer = clock.after(2, soup.job());
        thread::scope(|kitchen| {
            kitchen.spawn(|| clock.advance(1));
            clock.advance(1);
        });
        assert_eq!(soup.served(), 1, "two cooks turned it by a minute each; soups served");
    });
}

#[test]
fn a_job_may_set_the_next_timer() {
    std::check(|| {
        let (clock, soup) = (Arc::new(Clock::new()), Soup::default());
        let (same_clock, next) = (Arc::clone(&clock), soup.job());
        clock.after(1, move || drop(same_clock.after(1, next)));
        clock.advance(1);
        clock.advance(1);
        assert_eq!(soup.served(), 1, "a job at minute 1 set a timer for minute 2; soups served");
    });
}
