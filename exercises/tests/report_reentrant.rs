//! Judges `report_reentrant` under every schedule: nobody waits for itself, and a report is of one moment.

extern crate interleave as core;
extern crate interleave as std;

#[path = "../threads/report_reentrant.rs"]
mod exercise;

use std::sync::{Arc, Mutex};
use std::thread;

use exercise::{Report, Till};

/// What the till has sold. That this compiles is a test, too: the sales lie in a `Mutex`.
fn sales_in_a_mutex(till: &Till) -> &Mutex<Vec<u32>> {
    &till.sales
}

#[test]
fn each_method_works_alone() {
    std::check(|| {
        let till = Till::new();
        till.sell(7);
        till.sell(9);
        assert_eq!(till.plates(), 2, "plates, for 7 and for 9");
        assert_eq!(till.total(), 16, "7 and 9 in all");
        assert_eq!(*sales_in_a_mutex(&till).lock().unwrap(), [7, 9], "the sales, in order");
    });
}

#[test]
fn a_report_comes() {
    std::check(|| {
        let till = Till::new();
        assert_eq!(till.report(), Report { plates: 0, total: 0 }, "nothing was sold");
        till.sell(7);
        till.sell(9);
        assert_eq!(till.report(), Report { plates: 2, total: 16 }, "7 and 9 were sold");
    });
}

#[test]
fn both_numbers_of_a_report_are_of_one_moment() {
    std::check(|| {
        let till = Arc::new(Till::new());
        let theirs = Arc::clone(&till);
        let seller = thread::spawn(move || theirs.sell(9));
        let Report { plates, total } = till.report();
        assert_eq!(
            total,
            plates as u32 * 9,
            "a plate for 9 is sold meanwhile; the total, where the report says {plates} plates"
        );
        seller.join().unwrap();
    });
}

#[test]
fn a_total_waits_for_whoever_sells() {
    std::check(|| {
        let till = Arc::new(Till::new());
        till.sell(7);
        let theirs = Arc::clone(&till);
        let seller = thread::spawn(move || theirs.sell(9));
        let (total, plates) = (till.total(), till.plates());
        assert!(matches!(total, 7 | 16), "7 was sold, 9 is being sold, and the total is {total}");
        assert!(matches!(plates, 1 | 2), "1 plate was sold, 1 is being sold, and it says {plates}");
        seller.join().unwrap();
        assert_eq!(till.total(), 16, "7 and 9 were sold, and nothing is lost");
    });
}

#[test]
fn two_reports_at_once_both_come() {
    std::check(|| {
        let till = Arc::new(Till::new());
        till.sell(7);
        let theirs = Arc::clone(&till);
        let other = thread::spawn(move || theirs.report());
        let reports = [till.report(), other.join().unwrap()];
        assert_eq!(reports, [Report { plates: 1, total: 7 }; 2], "7 was sold before");
    });
}
