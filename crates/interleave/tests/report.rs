//! The report of a failing run, word for word: a search is the same every time.

use interleave::sync::atomic::{AtomicUsize, Ordering};
use interleave::sync::{Arc, Condvar, Mutex, mpsc};
use interleave::{Explorer, FaultKind, thread};

/// Two cooks count their orders, and one order may get lost.
fn lose_an_order() {
    let orders = Arc::new(AtomicUsize::new(0));
    let theirs = Arc::clone(&orders);
    let cook = thread::spawn(move || {
        let seen = theirs.load(Ordering::SeqCst);
        theirs.store(seen + 1, Ordering::SeqCst);
    });
    let seen = orders.load(Ordering::SeqCst);
    orders.store(seen + 1, Ordering::SeqCst);
    cook.join().unwrap();
    assert_eq!(orders.load(Ordering::SeqCst), 2);
}

/// Two transfers take two locks crosswise.
fn block_each_other() {
    let (till, safe) = (Arc::new(Mutex::new(100)), Arc::new(Mutex::new(900)));
    let cook = thread::spawn({
        let (till, safe) = (Arc::clone(&till), Arc::clone(&safe));
        move || {
            let mut safe = safe.lock().unwrap();
            *safe -= 10;
            *till.lock().unwrap() += 10;
        }
    });
    let mut till = till.lock().unwrap();
    *till -= 10;
    *safe.lock().unwrap() += 10;
    drop(till);
    cook.join().unwrap();
}

/// The report, without the line numbers, which change with every edit of this file.
fn report(body: fn()) -> String {
    let fault = Explorer::new().explore(body).fault.expect("the program is wrong");
    let digits = |text: &str| text.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    let clean = |line: &str| match line.split_once(" │") {
        Some((number, rest)) if digits(number) > 0 => format!("   ## │{rest}"),
        _ => line.to_owned(),
    };
    let text: Vec<String> = fault.to_string().lines().map(clean).collect();
    let mut text = text.join("\n");
    for number in (1..200).rev() {
        text = text.replace(&format!("line {number}"), "line ##");
        text = text.replace(&format!("report.rs:{number}:"), "report.rs:##:");
    }
    text
}

#[test]
fn no_line_is_wider_than_80_columns() {
    for body in [lose_an_order, block_each_other] {
        let text = report(body);
        // A schedule is one word, to be copied whole.
        for line in text.lines().filter(|line| !line.contains("interleave::replay")) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn a_lost_update_is_drawn_as_lanes() {
    let expected = "\
✗ lost update: main writes to orders what it has computed from an old value:
what thread 1 wrote in between is lost.
  main at crates/interleave/tests/report.rs:##: assertion `left == right` failed
      left: 1
     right: 2

The run, with 1 interruption, time downward:

 line │ main                              │ thread 1
──────┼───────────────────────────────────┼───────────────────────────────────
   ## │ seen = orders.load(SeqCst)        │
      │   → reads 0                       │
      │                 └─────────────────┼─────────────────▼
   ## │                                   │ seen = theirs.load(SeqCst)
      │                                   │   → reads 0
   ## │                                   │ theirs.store(seen + 1, SeqCst)
      │                                   │   → writes 1
      │                 ▼─────────────────┼─────────────────┘
   ## │ orders.store(seen + 1, SeqCst)    │
      │   → writes 1                      │
   ## │ assert_eq!(orders.load(SeqCst), … │
      │   → reads 1                       │
      │   → PANICS: left is 1, right is 2 │

The same run again: interleave::replay(\"0-1-1-1-1\", …)";
    assert_eq!(report(lose_an_order), expected);
}

#[test]
fn a_deadlock_tells_who_waits_for_whom_since_when() {
    let expected = "\
✗ deadlock: main waits for thread 1, which waits for main.
  • main (line ##) waits for safe, held by thread 1 since line ##
  • thread 1 (line ##) waits for till, held by main since line ##

The run, with 1 interruption, time downward:

 line │ main                              │ thread 1
──────┼───────────────────────────────────┼───────────────────────────────────
   ## │ till = till.lock()                │
      │   → locks till, finds 100         │
      │                 └─────────────────┼─────────────────▼
   ## │                                   │ safe = safe.lock()
      │                                   │   → locks safe, finds 900
      │                 ▼─────────────────┼─────────────────┘
   ## │ *safe.lock() += 10                │
      │   → … waits for safe, held by     │
      │     thread 1 since line ##        │
      │                 └─────────────────┼─────────────────▼
   ## │                                   │ *till.lock() += 10
      │                                   │   → … waits for till, held by
      │                                   │     main since line ##

The same run again: interleave::replay(\"0-1-1\", …)";
    assert_eq!(report(block_each_other), expected);
}

#[test]
fn a_mutex_is_not_called_by_the_name_of_the_bell_it_is_used_with() {
    let fault = Explorer::new().explore(|| {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&shared);
        let waiter = thread::spawn(move || {
            let (ready, bell) = &*theirs;
            let mut ready = ready.lock().unwrap();
            while !*ready {
                ready = bell.wait(ready).unwrap();
            }
        });
        let (ready, bell) = &*shared;
        bell.notify_one();
        *ready.lock().unwrap() = true;
        waiter.join().unwrap();
    });
    let text = fault.fault.expect("the bell may ring too early").to_string();
    assert!(text.contains("unlocks ready and sleeps"), "{text}");
}

#[test]
fn a_schedule_of_another_program_is_called_that() {
    let fault = Explorer::new().replay("7-7-7", lose_an_order).expect("there is no thread 7");
    assert_eq!(fault.kind, FaultKind::Unrepeatable);
    assert!(fault.message.contains("no schedule of this program"), "{fault}");
}

#[test]
fn a_replay_fails_in_the_same_way() {
    let found = Explorer::new().explore(lose_an_order).fault.unwrap();
    for _ in 0..3 {
        let again = Explorer::new().replay(&found.schedule, lose_an_order).unwrap();
        assert_eq!(again.to_string(), found.to_string());
    }
    assert!(Explorer::new().replay("0-0-0-0", lose_an_order).is_none(), "this one goes well");
}

#[test]
#[should_panic(expected = "interleave::replay")]
fn check_panics_with_the_report() {
    interleave::check(lose_an_order);
}

#[test]
#[should_panic(expected = "lost update")]
fn replay_panics_with_the_report() {
    let found = Explorer::new().explore(lose_an_order).fault.unwrap();
    interleave::replay(&found.schedule, lose_an_order);
}

#[test]
#[should_panic(expected = "is no choice of a schedule")]
fn a_schedule_that_is_none_is_refused() {
    interleave::replay("1-two", lose_an_order);
}

#[test]
fn a_search_that_is_stopped_says_that_it_proves_nothing() {
    let body = || {
        let lock = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| *lock.lock().unwrap() += 1);
            }
        });
    };
    let report = Explorer::new().max_runs(4).explore(body);
    assert!(!report.complete);
    assert_eq!(
        report.to_string(),
        "4 interleavings; stopped at this bound, so this is not a proof"
    );
    let report = Explorer::new().explore(body);
    assert_eq!(report.to_string(), "6 interleavings, that is all of them");
}

#[test]
fn a_wait_within_an_adaptor_is_shown_where_the_iterator_was_made() {
    let report = Explorer::new().explore(|| {
        let (sender, receiver) = mpsc::channel::<u32>();
        let count: u32 = receiver.iter().sum();
        drop((sender, count));
    });
    let waiting = &report.fault.expect("nobody sends or hangs up").recording.waiting[0];
    assert!(waiting.place.file.ends_with("report.rs"), "{}", waiting.place);
}
