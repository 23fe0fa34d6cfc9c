//! Playing the scheduler: positions, ways on, and ways to a fault.

use interleave::sync::atomic::{AtomicUsize, Ordering};
use interleave::sync::{Arc, Condvar, Mutex};
use interleave::{Explorer, FaultKind, Footing, Position, thread};

/// Two cooks count their orders, and one order may get lost.
fn lose_an_order() {
    let orders = Arc::new(AtomicUsize::new(0));
    let cooks = [(); 2].map(|()| {
        let orders = Arc::clone(&orders);
        thread::spawn(move || {
            let seen = orders.load(Ordering::SeqCst);
            orders.store(seen + 1, Ordering::SeqCst);
        })
    });
    cooks.into_iter().for_each(|cook| cook.join().unwrap());
    assert_eq!(orders.load(Ordering::SeqCst), 2);
}

fn sell_under_a_lock() {
    let till = Arc::new(Mutex::new(0));
    let cooks = [(); 2].map(|()| {
        let till = Arc::clone(&till);
        thread::spawn(move || *till.lock().unwrap() += 1)
    });
    cooks.into_iter().for_each(|cook| cook.join().unwrap());
}

fn position(schedule: &str, body: fn()) -> Position {
    Explorer::new().position(schedule, body).unwrap()
}

/// Lets the threads move in this order.
fn play(body: fn(), threads: &[usize]) -> Position {
    threads.iter().fold(position("", body), |here, thread| {
        let way = here.ways.iter().find(|way| way.thread == *thread);
        let way = way.unwrap_or_else(|| panic!("thread {thread} cannot move: {:?}", here.threads));
        position(&way.moves, body)
    })
}

fn words(position: &Position) -> Vec<&str> {
    position.threads.iter().map(|thread| thread.words.as_str()).collect()
}

#[test]
fn the_first_choice_is_between_those_who_could_notice() {
    let here = position("", lose_an_order);
    assert_eq!(words(&here), ["waits for thread 1 to end", "reads orders", "reads orders"]);
    let able: Vec<_> = here.ways.iter().map(|way| way.thread).collect();
    assert_eq!(able, [1, 2]);
}

#[test]
fn three_choices_lose_an_order() {
    let end = play(lose_an_order, &[1, 2, 1]);
    let fault = end.fault.expect("an order is lost");
    assert_eq!(fault.name(), "lost update");
    assert!(end.ways.is_empty());
    let again = Explorer::new().replay(&end.schedule, lose_an_order).unwrap();
    assert_eq!(again.headline(), fault.headline(), "what was played can be replayed");
}

#[test]
fn a_game_that_goes_well_ends_without_a_fault() {
    let end = play(lose_an_order, &[1, 1]);
    assert!(end.fault.is_none() && end.ways.is_empty());
    assert!(end.threads.iter().all(|thread| thread.state == Footing::Ended));
}

#[test]
fn who_waits_for_a_lock_is_told_from_whom() {
    let here = play(sell_under_a_lock, &[1]);
    assert_eq!(here.threads[2].state, Footing::Waits);
    let waits = &here.threads[2].words;
    assert!(waits.starts_with("waits for till, held by thread 1 since line"), "{waits}");
    let till = here.recording.objects.iter().position(|it| it.name == "till").unwrap();
    assert_eq!(here.holders[till], [1]);
    assert_eq!(words(&here)[1], "unlocks till");
}

#[test]
fn the_way_to_a_fault_leads_on_from_where_the_player_stands() {
    let explorer = Explorer::new();
    let lost = play(lose_an_order, &[1, 2]);
    let way = explorer.way_to_a_fault(&lost.schedule, lose_an_order).unwrap().unwrap();
    assert!(way.starts_with(&lost.schedule), "{way} does not begin with {}", lost.schedule);
    assert!(position(&way, lose_an_order).fault.is_some());
    let safe = play(lose_an_order, &[1]);
    let safe = position(&safe.ways[0].moves, lose_an_order);
    assert_eq!(explorer.way_to_a_fault(&safe.schedule, lose_an_order), Ok(None));
}

#[test]
fn a_search_for_a_fault_that_is_given_up_says_so() {
    let explorer = Explorer::new().max_runs(1);
    let error = explorer.way_to_a_fault("", sell_under_a_lock).unwrap_err();
    assert!(error.contains("given up after 1 run"), "{error}");
}

#[test]
fn a_notification_lets_the_player_choose_who_wakes() {
    fn ring() {
        let shared = Arc::new((Mutex::new(0), Condvar::new()));
        let sleepers = [(); 2].map(|()| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let guard = shared.0.lock().unwrap();
                drop(shared.1.wait(guard).unwrap());
            })
        });
        shared.1.notify_one();
        sleepers.into_iter().for_each(|sleeper| sleeper.join().unwrap());
    }
    let here = play(ring, &[1, 1, 2, 2]);
    let here = if here.ways.iter().any(|way| way.words.starts_with("wakes thread")) {
        here
    } else {
        position(&here.ways[0].moves, ring)
    };
    let outcomes: Vec<_> = here.ways.iter().map(|way| way.words.as_str()).collect();
    assert_eq!(outcomes, ["wakes thread 1", "wakes thread 2"]);
    let mut end = position(&here.ways[1].moves, ring);
    while let Some(way) = end.ways.first() {
        end = position(&way.moves, ring);
    }
    assert_eq!(end.fault.expect("thread 1 sleeps for ever").kind, FaultKind::LostWakeUp);
}

#[test]
fn a_load_lets_the_player_choose_what_it_reads() {
    fn publish() {
        let (data, ready) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (d, r) = (Arc::clone(&data), Arc::clone(&ready));
        let cook = thread::spawn(move || {
            d.store(42, Ordering::Relaxed);
            r.store(1, Ordering::Relaxed);
        });
        if ready.load(Ordering::Relaxed) == 1 {
            assert_eq!(data.load(Ordering::Relaxed), 42);
        }
        cook.join().unwrap();
    }
    let end = play(publish, &[1, 1, 0]);
    let outcomes: Vec<_> = end.ways.iter().map(|way| way.words.as_str()).collect();
    assert_eq!(outcomes, ["reads the newest value, 42", "reads an older value, 0"]);
    let fault = position(&end.ways[1].moves, publish).fault.expect("stale data");
    assert_eq!(fault.name(), "stale read");
}

#[test]
fn a_position_that_the_program_has_not_is_refused_with_a_way_out() {
    let error = Explorer::new().position("7-7-7", lose_an_order).unwrap_err();
    assert!(error.ends_with("Begin again"), "{error}");
    let error = Explorer::new().position("x", lose_an_order).unwrap_err();
    assert!(error.contains("`x` is no choice"), "{error}");
}

#[test]
fn a_position_is_told_to_tools_as_json() {
    let json = play(sell_under_a_lock, &[1]).to_json();
    for part in [
        r#""name":"till","value":"0","holders":[1]"#,
        r#""words":"unlocks till","ready":true,"ended":false"#,
        r#""fault":null"#,
    ] {
        assert!(json.contains(part), "no {part} in {json}");
    }
}
