//! Twenty-seven small programs, right and wrong, told only in terms of `sync` and `thread`: the
//! file that includes this module says whose.

use super::runtime::sync::atomic::Ordering::{self, Acquire, Relaxed, Release, SeqCst};
use super::runtime::sync::atomic::{AtomicBool, AtomicUsize};
use super::runtime::sync::{Arc, Condvar, Mutex};
use super::runtime::thread;
use std::collections::VecDeque;

/// Runs `work` in so many threads and waits for them.
fn in_threads(count: usize, work: impl Fn() + Clone + Send + 'static) {
    let cooks: Vec<_> = (0..count).map(|_| thread::spawn(work.clone())).collect();
    for cook in cooks {
        cook.join().unwrap();
    }
}

pub(crate) fn lost_update() {
    let orders = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&orders);
    in_threads(2, move || {
        let seen = counted.load(SeqCst);
        counted.store(seen + 1, SeqCst);
    });
    assert_eq!(orders.load(SeqCst), 2);
}

pub(crate) fn counting_in_one_step() {
    let orders = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&orders);
    in_threads(2, move || {
        counted.fetch_add(1, Relaxed);
    });
    assert_eq!(orders.load(SeqCst), 2);
}

/// `threads` cooks count `each` orders under a lock.
pub(crate) fn counting_under_a_lock(threads: usize, each: usize) {
    let orders = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&orders);
    in_threads(threads, move || {
        for _ in 0..each {
            let mut orders = counted.lock().unwrap();
            let seen = *orders;
            *orders = seen + 1;
        }
    });
    assert_eq!(*orders.lock().unwrap(), threads * each);
}

/// Two payments of 80 out of 100; `at_once` keeps the lock between the check and the act.
pub(crate) fn paying(at_once: bool) {
    let till = Arc::new(Mutex::new(100_i64));
    let paid = Arc::clone(&till);
    in_threads(2, move || {
        if at_once {
            let mut till = paid.lock().unwrap();
            if *till >= 80 {
                *till -= 80;
            }
        } else {
            let enough = *paid.lock().unwrap() >= 80;
            if enough {
                *paid.lock().unwrap() -= 80;
            }
        }
    });
    assert!(*till.lock().unwrap() >= 0, "the till is overdrawn");
}

/// Two transfers between two tills, which take the locks in the same order or crosswise.
pub(crate) fn transfers(crosswise: bool) {
    let tills = [Arc::new(Mutex::new(100_i64)), Arc::new(Mutex::new(100_i64))];
    let transfer = |from: usize, to: usize, amount: i64| {
        let (from, to) = (Arc::clone(&tills[from]), Arc::clone(&tills[to]));
        thread::spawn(move || {
            let mut from = from.lock().unwrap();
            let mut to = to.lock().unwrap();
            *from -= amount;
            *to += amount;
        })
    };
    let there = transfer(0, 1, 1);
    let back = if crosswise { transfer(1, 0, 1) } else { transfer(0, 1, -1) };
    there.join().unwrap();
    back.join().unwrap();
    assert_eq!(*tills[0].lock().unwrap() + *tills[1].lock().unwrap(), 200);
}

/// A dish is put on the counter and a flag raised.
pub(crate) fn serving(raise: Ordering, look: Ordering) {
    let (dish, ready) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let (cooked, flag) = (Arc::clone(&dish), Arc::clone(&ready));
    let cook = thread::spawn(move || {
        cooked.store(42, Relaxed);
        flag.store(true, raise);
    });
    if ready.load(look) {
        assert_eq!(dish.load(Relaxed), 42, "the flag is up and the dish is not there");
    }
    cook.join().unwrap();
}

/// Two waiters take a dish each; those who wait with `if` do not look again when woken.
pub(crate) fn waiters(look_again: bool) {
    let pass = Arc::new((Mutex::new(VecDeque::new()), Condvar::new()));
    let waiters: Vec<_> = (0..2)
        .map(|_| {
            let pass = Arc::clone(&pass);
            thread::spawn(move || {
                let (dishes, bell) = &*pass;
                let mut dishes = dishes.lock().unwrap();
                if look_again {
                    while dishes.is_empty() {
                        dishes = bell.wait(dishes).unwrap();
                    }
                } else if dishes.is_empty() {
                    dishes = bell.wait(dishes).unwrap();
                }
                dishes.pop_front().expect("woken, and there is no dish")
            })
        })
        .collect();
    let (dishes, bell) = &*pass;
    for dish in 1..=2 {
        dishes.lock().unwrap().push_back(dish);
        bell.notify_all();
    }
    for waiter in waiters {
        let _: i32 = waiter.join().unwrap();
    }
}

/// One thread waits for a flag that the other raises, holding the lock or not.
pub(crate) fn bell(under_the_lock: bool) {
    let shared = Arc::new((Mutex::new(()), Condvar::new(), AtomicBool::new(false)));
    let theirs = Arc::clone(&shared);
    let cook = thread::spawn(move || {
        let (lock, bell, ready) = &*theirs;
        let guard = under_the_lock.then(|| lock.lock().unwrap());
        ready.store(true, SeqCst);
        bell.notify_one();
        drop(guard);
    });
    let (lock, bell, ready) = &*shared;
    let mut guard = lock.lock().unwrap();
    while !ready.load(SeqCst) {
        guard = bell.wait(guard).unwrap();
    }
    drop(guard);
    cook.join().unwrap();
}

/// A shelf with room for one dish.
struct Shelf {
    dishes: Mutex<VecDeque<usize>>,
    emptier: Condvar,
    fuller: Condvar,
    shares_one_bell: bool,
}

impl Shelf {
    fn fuller(&self) -> &Condvar {
        if self.shares_one_bell { &self.emptier } else { &self.fuller }
    }

    fn put(&self, dish: usize) {
        let mut dishes = self.dishes.lock().unwrap();
        while dishes.len() == 1 {
            dishes = self.emptier.wait(dishes).unwrap();
        }
        dishes.push_back(dish);
        self.fuller().notify_one();
    }

    fn take(&self) -> usize {
        let mut dishes = self.dishes.lock().unwrap();
        while dishes.is_empty() {
            dishes = self.fuller().wait(dishes).unwrap();
        }
        let dish = dishes.pop_front().unwrap();
        self.emptier.notify_one();
        dish
    }
}

/// `cooks` put `each` dishes, and `waiters`, of whom the main thread is one, take them all.
pub(crate) fn shelf(shares_one_bell: bool, cooks: usize, each: usize, waiters: usize) {
    let shelf = Arc::new(Shelf {
        dishes: Mutex::new(VecDeque::new()),
        emptier: Condvar::new(),
        fuller: Condvar::new(),
        shares_one_bell,
    });
    let share = cooks * each / waiters;
    let mut threads = Vec::new();
    for cook in 0..cooks {
        let shelf = Arc::clone(&shelf);
        threads.push(thread::spawn(move || (0..each).for_each(|dish| shelf.put(cook * 10 + dish))));
    }
    let take = move |shelf: &Shelf| {
        for _ in 0..share {
            shelf.take();
        }
    };
    for _ in 1..waiters {
        let shelf = Arc::clone(&shelf);
        threads.push(thread::spawn(move || take(&shelf)));
    }
    take(&shelf);
    for thread in threads {
        thread.join().unwrap();
    }
}

/// Two threads want a value that the first of them computes.
pub(crate) fn first_use(look_again: bool, look: Ordering, raise: Ordering) {
    #[derive(Default)]
    struct Shared {
        ready: AtomicBool,
        lock: Mutex<()>,
        value: AtomicUsize,
        computed: AtomicUsize,
    }
    let get = move |shared: &Shared| {
        if !shared.ready.load(look) {
            let _guard = shared.lock.lock().unwrap();
            if !look_again || !shared.ready.load(Relaxed) {
                shared.computed.fetch_add(1, Relaxed);
                shared.value.store(7, Relaxed);
                shared.ready.store(true, raise);
            }
        }
        assert_eq!(shared.value.load(Relaxed), 7, "used before it was computed");
    };
    let shared = Arc::new(Shared::default());
    let theirs = Arc::clone(&shared);
    let other = thread::spawn(move || get(&theirs));
    get(&shared);
    other.join().unwrap();
    assert_eq!(shared.computed.load(Relaxed), 1, "computed twice");
}

/// Two threads meet twice; without counting generations the second meeting traps the first.
pub(crate) fn meeting(counts_generations: bool) {
    let shared = Arc::new((Mutex::new((0, 0)), Condvar::new()));
    let meet = move |(state, all_here): &(Mutex<(usize, usize)>, Condvar)| {
        let mut state = state.lock().unwrap();
        state.0 += 1;
        let generation = state.1;
        if state.0 == 2 {
            state.0 = 0;
            state.1 += 1;
            all_here.notify_all();
        } else if counts_generations {
            while state.1 == generation {
                state = all_here.wait(state).unwrap();
            }
        } else {
            while state.0 != 0 {
                state = all_here.wait(state).unwrap();
            }
        }
    };
    let theirs = Arc::clone(&shared);
    let other = thread::spawn(move || (0..2).for_each(|_| meet(&theirs)));
    (0..2).for_each(|_| meet(&shared));
    other.join().unwrap();
}

/// Some threads share one oven.
pub(crate) fn oven(looks_again: bool, threads: usize) {
    #[derive(Default)]
    struct Oven {
        free: Mutex<i32>,
        bell: Condvar,
        inside: AtomicUsize,
    }
    let bake = move |oven: &Oven| {
        let mut free = oven.free.lock().unwrap();
        if looks_again {
            while *free == 0 {
                free = oven.bell.wait(free).unwrap();
            }
        } else if *free == 0 {
            free = oven.bell.wait(free).unwrap();
        }
        assert!(*free > 0, "woken, and the oven is taken");
        *free -= 1;
        drop(free);
        assert_eq!(oven.inside.fetch_add(1, SeqCst), 0, "two dishes in one oven");
        oven.inside.fetch_sub(1, SeqCst);
        *oven.free.lock().unwrap() += 1;
        oven.bell.notify_one();
    };
    let oven = Arc::new(Oven { free: Mutex::new(1), ..Oven::default() });
    let cooks: Vec<_> = (1..threads)
        .map(|_| {
            let oven = Arc::clone(&oven);
            thread::spawn(move || bake(&oven))
        })
        .collect();
    bake(&oven);
    for cook in cooks {
        cook.join().unwrap();
    }
}

/// The programs by name, and whether they are right.
pub(crate) const PROGRAMS: [(&str, fn(), bool); 27] = [
    ("lost update", lost_update, false),
    ("counting under a lock", || counting_under_a_lock(2, 1), true),
    ("counting in one step", counting_in_one_step, true),
    ("three cooks count two orders each under a lock", || counting_under_a_lock(3, 2), true),
    ("check, then act", || paying(false), false),
    ("check and act under one lock", || paying(true), true),
    ("transfers crosswise", || transfers(true), false),
    ("transfers in one order", || transfers(false), true),
    ("a relaxed flag", || serving(Relaxed, Relaxed), false),
    ("a release flag", || serving(Release, Acquire), true),
    ("waiting with if", || waiters(false), false),
    ("waiting with while", || waiters(true), true),
    ("a bell rung without the lock", || bell(false), false),
    ("a bell rung under the lock", || bell(true), true),
    ("one bell for cooks and waiters, two and two", || shelf(true, 2, 1, 2), false),
    ("one bell for cooks and waiters, one and two", || shelf(true, 1, 2, 2), false),
    ("two bells, one cook and one waiter", || shelf(false, 1, 2, 1), true),
    ("two bells, two cooks and one waiter", || shelf(false, 2, 1, 1), true),
    ("two bells, two cooks and two waiters", || shelf(false, 2, 1, 2), true),
    ("first use without a second look", || first_use(false, Acquire, Release), false),
    ("first use with a relaxed flag", || first_use(true, Relaxed, Relaxed), false),
    ("first use", || first_use(true, Acquire, Release), true),
    ("meeting twice without generations", || meeting(false), false),
    ("meeting twice", || meeting(true), true),
    ("an oven awaited with if", || oven(false, 3), false),
    ("an oven for two", || oven(true, 2), true),
    ("an oven for three", || oven(true, 3), true),
];
