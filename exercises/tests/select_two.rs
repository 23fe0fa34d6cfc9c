//! Judges `select_two`: who is served in what company, what ends it, and whether it sleeps when there is nothing to do.

#[path = "../threads/select_two.rs"]
mod exercise;

use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, never, unbounded};
use exercise::{Ended, select_two};

/// A closed counter with these plates on it.
fn counter(plates: &[u32]) -> Receiver<u32> {
    let (put, counter) = unbounded();
    plates.iter().for_each(|plate| put.send(*plate).expect("the counter is there"));
    counter
}

#[test]
fn plates_of_both_counters_are_served_and_it_ends_when_both_are_closed() {
    let mut served = vec![];
    let ended = select_two(counter(&[1, 2]), counter(&[3]), never(), |plate| served.push(plate));
    served.sort();
    assert_eq!(served, [1, 2, 3], "the plates served, sorted");
    assert_eq!(ended, Ended::Closed, "both counters were closed, and the bell never rang");
}

#[test]
fn when_one_counter_is_closed_the_other_is_still_served() {
    for [hot, cold] in [[vec![], vec![1, 2, 3]], [vec![1, 2, 3], vec![]]] {
        let mut served = vec![];
        let ended = select_two(counter(&hot), counter(&cold), never(), |plate| served.push(plate));
        assert_eq!(served, [1, 2, 3], "one counter was closed, three plates were on the other");
        assert_eq!(ended, Ended::Closed);
    }
}

/// Two counters that always have a plate: each plate served is followed by another on the same counter.
#[test]
fn a_busy_counter_does_not_keep_the_other_from_being_served() {
    for busy in [1, 2] {
        let (put_hot, hot) = unbounded();
        let (put_cold, cold) = unbounded();
        put_hot.send(1).unwrap();
        put_cold.send(2).unwrap();
        let (ring, quit) = bounded(1);
        let (mut from_the_busy, mut from_the_other) = (0, 0);
        let ended = select_two(hot, cold, quit, |plate| {
            if plate != busy {
                from_the_other += 1;
            } else if from_the_busy < 1_000 && from_the_other == 0 {
                from_the_busy += 1;
                if busy == 1 { &put_hot } else { &put_cold }.send(busy).unwrap();
                return;
            }
            let _ = ring.try_send(()); // enough is known
        });
        let [name, other] = if busy == 1 { ["hot", "cold"] } else { ["cold", "hot"] };
        assert_eq!(
            from_the_other, 1,
            "the {other} plate was waiting while {name} plates came without end"
        );
        assert_eq!(ended, Ended::Quit);
    }
}

#[test]
fn after_the_bell_no_plate_is_served() {
    // Often enough that luck alone does not get through.
    for _ in 0..100 {
        let (ring, quit) = bounded(1);
        let (hot, cold) = (counter(&[1; 50]), counter(&[2; 50]));
        let (mut rung, mut after) = (false, 0);
        let ended = select_two(hot, cold, quit, |_| {
            after += u32::from(rung);
            if !rung {
                ring.send(()).expect("the bell is there"); // while the first plate is served
                rung = true;
            }
        });
        assert_eq!(after, 0, "plates served after the bell");
        assert_eq!(ended, Ended::Quit);
    }
}

#[test]
fn a_bell_whose_sender_is_gone_has_rung() {
    let (bell, quit) = bounded(1);
    drop(bell);
    let mut served = 0;
    let ended = select_two(counter(&[1]), counter(&[2]), quit, |_| served += 1);
    assert_eq!(served, 0, "plates served though the bell's sender was gone");
    assert_eq!(ended, Ended::Quit);
}

#[test]
fn the_bell_is_heard_while_waiting() {
    waits_asleep(never, "with nothing on either counter");
}

#[test]
fn with_nothing_to_carry_it_sleeps_though_one_counter_is_closed() {
    waits_asleep(|| counter(&[]), "with the other counter closed");
}

/// Somebody sleeps at a counter while the other one is like this, and hears the bell; the same the other way round.
fn waits_asleep(other: fn() -> Receiver<u32>, when: &str) {
    for name in ["cold", "hot"] {
        let (bell, quit) = bounded(1);
        let (put, silent) = bounded(0);
        let waiter = thread::spawn(move || {
            let [hot, cold] = if name == "hot" { [silent, other()] } else { [other(), silent] };
            select_two(hot, cold, quit, |_| ())
        });
        let slept = is_taken_by_a_sleeper(&put);
        bell.send(()).expect("the bell is there");
        assert!(slept, "{when}, nobody ever slept at the {name} one");
        // Open until here: only the bell ends the evening.
        assert_eq!(waiter.join().expect("it does not panic"), Ended::Quit);
    }
}

/// Offers a plate from hand to hand until somebody takes it. That can only be who sleeps with a hand held out:
/// who looks again and again finds nothing on a counter without room, however often.
fn is_taken_by_a_sleeper(counter: &Sender<u32>) -> bool {
    // A right answer needs a moment of it; only one that never sleeps needs all.
    (0..1_000).any(|_| {
        thread::sleep(Duration::from_millis(2));
        counter.try_send(7).is_ok()
    })
}
