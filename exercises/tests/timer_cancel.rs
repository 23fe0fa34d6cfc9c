//! Judges `timer_cancel` with a clock in its own hand, under every schedule: done or called off, never both.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/timer_cancel.rs"]
mod exercise;

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;

use exercise::{Clock, Timer};

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

#[test]
fn all_that_is_due_rings_however_far_the_clock_is_turned() {
    std::check(|| {
        let (clock, soup) = (Clock::new(), Soup::default());
        let _timers = [1, 2, 2].map(|minutes| clock.after(minutes, soup.job()));
        clock.advance(5);
        assert_eq!(soup.served(), 3, "minute 5, timers for the minutes 1, 2 and 2; soups served");
    });
}

#[test]
fn a_job_may_turn_the_clock() {
    std::check(|| {
        let (clock, soup) = (Arc::new(Clock::new()), Soup::default());
        let same_clock = Arc::clone(&clock);
        let _next = clock.after(2, soup.job());
        clock.after(1, move || same_clock.advance(1));
        clock.advance(1);
        assert_eq!(soup.served(), 1, "a job at minute 1 turned the clock to 2; soups served");
    });
}

#[test]
fn a_job_may_call_off_its_own_timer_and_is_too_late() {
    std::check(|| {
        let (clock, timer) = (Clock::new(), Arc::new(Mutex::new(None::<Timer>)));
        let (own, late) = (Arc::clone(&timer), Arc::new(AtomicUsize::new(0)));
        let too_late = Arc::clone(&late);
        let set = clock.after(1, move || {
            let own = own.lock().unwrap().take().expect("the timer was left here");
            assert!(!own.cancel(), "called off by its own job, and told that it was in time");
            too_late.fetch_add(1, SeqCst);
        });
        *timer.lock().unwrap() = Some(set);
        clock.advance(1);
        assert_eq!(late.load(SeqCst), 1, "how often the job was done");
    });
}
