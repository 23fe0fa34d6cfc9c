//! Judges `fan_in` under every schedule: no plate is lost, none waits for others, and the waiter gets home.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/fan_in.rs"]
mod exercise;

use std::sync::{Arc, Barrier, mpsc};

use exercise::fan_in;

/// A cook with these plates.
fn cook(plates: &'static [u32]) -> impl Iterator<Item = u32> + Send + 'static {
    plates.iter().copied()
}

#[test]
fn one_cook_is_served_and_the_waiter_goes_home() {
    std::check(|| {
        let mut served = vec![];
        assert_eq!(fan_in(vec![cook(&[1, 2])], |plate| served.push(plate)), 2, "two plates came");
        assert_eq!(served, [1, 2], "the plates of one cook, in their order");
    });
}

#[test]
fn without_a_cook_there_is_nothing_to_wait_for() {
    std::check(|| {
        let nobody: Vec<std::vec::IntoIter<u32>> = vec![];
        assert_eq!(fan_in(nobody, |plate| panic!("who cooked plate {plate}?")), 0);
    });
}

#[test]
fn every_plate_of_every_cook_is_served_once() {
    std::check(|| {
        let mut served = vec![];
        let count = fan_in(vec![cook(&[10]), cook(&[20])], |plate| served.push(plate));
        served.sort();
        assert_eq!(served, [10, 20], "a plate of each cook, served");
        assert_eq!(count, 2, "two plates were served");
    });
}

#[test]
fn the_cooks_cook_at_the_same_time() {
    std::check(|| {
        let together = Arc::new(Barrier::new(2));
        let cooks = [1, 2].map(|plate| {
            let together = Arc::clone(&together);
            std::iter::once_with(move || {
                together.wait(); // each begins only when the other has, too
                plate
            })
        });
        assert_eq!(fan_in(cooks.into(), |_| ()), 2, "two cooks, a plate each");
    });
}

#[test]
fn a_plate_is_served_while_its_cook_goes_on() {
    std::check(|| {
        let (tell, hear) = mpsc::channel();
        // The second plate is begun only when the first is served.
        let cook = (1..=2).inspect(move |plate| {
            if *plate == 2 {
                assert_eq!(hear.recv(), Ok(1), "the plate that was served first");
            }
        });
        assert_eq!(fan_in(vec![cook], |plate| _ = tell.send(plate)), 2, "two plates came");
    });
}

#[test]
fn no_plate_waits_for_another_cook() {
    for slow in [0, 1] {
        std::check(move || {
            let (tell, hear) = mpsc::channel();
            let mut hear = Some(hear);
            let cooks = [0, 1].map(|number| {
                // The slow cook's plate is done only when the other's is served.
                let hear = if number == slow { hear.take() } else { None };
                std::iter::once_with(move || {
                    if let Some(hear) = hear {
                        assert_eq!(hear.recv(), Ok(()), "the other plate was served");
                    }
                    number
                })
            });
            let serve = |plate| {
                if plate != slow {
                    tell.send(()).unwrap()
                }
            };
            assert_eq!(fan_in(cooks.into(), serve), 2, "two cooks, a plate each");
        });
    }
}
