//! Judges `id_allocator` under every schedule: no number twice, none left out, none beyond the end.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/id_allocator.rs"]
mod exercise;

use std::ops::Range;
use std::sync::Arc;
use std::thread;

use exercise::Slips;

/// What `cooks` cooks get who each draw once, at the same time: the numbers in order, `None` first.
fn draw_at_once(cooks: usize, numbers: Range<u8>) -> Vec<Option<u8>> {
    let slips = Arc::new(Slips::new(numbers));
    let others: Vec<_> = (1..cooks)
        .map(|_| {
            let slips = Arc::clone(&slips);
            thread::spawn(move || slips.draw())
        })
        .collect();
    let mut drawn = vec![slips.draw()];
    drawn.extend(others.into_iter().map(|other| other.join().unwrap()));
    drawn.sort();
    drawn
}

#[test]
fn one_cook_draws_every_number_in_order_and_then_none() {
    let slips = Slips::new(5..8);
    let drawn = [(); 5].map(|()| slips.draw());
    assert_eq!(drawn, [Some(5), Some(6), Some(7), None, None]);
    assert_eq!(Slips::new(5..5).draw(), None, "a range without numbers");
    let backwards = Range { start: 8, end: 5 };
    assert_eq!(Slips::new(backwards).draw(), None, "a range that ends before it starts");
}

#[test]
fn an_empty_box_stays_empty() {
    let slips = Slips::new(0..3);
    assert_eq!([(); 3].map(|()| slips.draw()), [Some(0), Some(1), Some(2)]);
    for draw in 1..=600 {
        assert_eq!(slips.draw(), None, "draw {draw} from a box that is empty");
    }
}

#[test]
fn the_last_number_of_all_is_drawn_once() {
    let slips = Slips::new(254..255);
    let drawn = [(); 4].map(|()| slips.draw());
    assert_eq!(drawn, [Some(254), None, None, None], "there is no 255 in 254..255");
}

#[test]
fn two_cooks_get_two_numbers() {
    std::check(|| {
        let drawn = draw_at_once(2, 0..9);
        assert_eq!(drawn, [Some(0), Some(1)], "two cooks drew at once from 0..9");
    });
}

#[test]
fn whoever_draws_again_gets_a_higher_number() {
    std::check(|| {
        let slips = Arc::new(Slips::new(0..9));
        let others = Arc::clone(&slips);
        let other = thread::spawn(move || others.draw());
        let (first, second) = (slips.draw(), slips.draw());
        let theirs = other.join().unwrap();
        assert!(first < second, "one cook drew {first:?} and then {second:?}");
        let mut drawn = [first, second, theirs];
        drawn.sort();
        assert_eq!(drawn, [Some(0), Some(1), Some(2)], "three slips from 0..9");
    });
}

#[test]
fn the_last_slip_goes_to_one_of_two() {
    std::check(|| {
        let drawn = draw_at_once(2, 7..8);
        assert_eq!(drawn, [None, Some(7)], "two cooks drew at once from 7..8");
    });
}

#[test]
fn a_crowd_at_an_empty_box_gets_nothing() {
    std::check(|| {
        let drawn = draw_at_once(3, 255..255);
        assert_eq!(drawn, [None; 3], "three cooks drew at once from 255..255");
    });
}

#[test]
fn a_crowd_at_the_last_number_of_all_gets_it_once() {
    std::check(|| {
        let drawn = draw_at_once(3, 254..255);
        assert_eq!(drawn, [None, None, Some(254)], "three cooks drew at once from 254..255");
    });
}
