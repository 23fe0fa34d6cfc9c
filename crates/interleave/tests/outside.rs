//! Outside of a run the types are the real ones.

use std::time::Duration;

use interleave::sync::atomic::{AtomicI32, Ordering};
use interleave::sync::mpsc::{self, RecvTimeoutError, TryRecvError, TrySendError};
use interleave::sync::{
    Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, TryLockError,
};
use interleave::thread;

#[test]
fn threads_locks_and_bells_work_together() {
    let pass = Arc::new((Mutex::new(0), Condvar::new()));
    let cooks: Vec<_> = (0..4)
        .map(|_| {
            let pass = Arc::clone(&pass);
            thread::spawn(move || {
                *pass.0.lock().unwrap() += 1;
                pass.1.notify_all();
            })
        })
        .collect();
    let dishes = pass.1.wait_while(pass.0.lock().unwrap(), |dishes| *dishes < 4).unwrap();
    assert_eq!(*dishes, 4);
    assert!(matches!(pass.0.try_lock(), Err(TryLockError::WouldBlock)));
    drop(dishes);
    for cook in cooks {
        cook.join().unwrap();
    }
    let guard = pass.0.lock().unwrap();
    let (_guard, result) = pass.1.wait_timeout(guard, Duration::ZERO).unwrap();
    assert!(result.timed_out());
}

#[test]
fn a_panic_poisons() {
    let lock = Arc::new(Mutex::new(1));
    let theirs = Arc::clone(&lock);
    let thread = thread::spawn(move || {
        let _guard = theirs.lock().unwrap();
        panic!("on purpose");
    });
    assert!(thread.join().is_err());
    assert_eq!(*lock.lock().unwrap_err().into_inner(), 1);
}

#[test]
fn channels_of_all_three_sorts_carry_messages() {
    let (sender, receiver) = mpsc::channel();
    let other = sender.clone();
    thread::scope(|scope| {
        scope.spawn(move || (0..3).for_each(|n| other.send(n).unwrap()));
        scope.spawn(move || (0..3).for_each(|n| sender.send(n).unwrap()));
    });
    assert_eq!(receiver.iter().sum::<i32>(), 6);

    let (sender, receiver) = mpsc::sync_channel(1);
    sender.try_send(1).unwrap();
    assert_eq!(sender.try_send(2), Err(TrySendError::Full(2)));
    assert_eq!(receiver.try_recv(), Ok(1));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    assert_eq!(receiver.recv_timeout(Duration::ZERO), Err(RecvTimeoutError::Timeout));
    drop(receiver);
    assert!(sender.send(3).is_err());

    let (sender, receiver) = mpsc::sync_channel(0);
    assert_eq!(sender.try_send(0), Err(TrySendError::Full(0)));
    let cook = thread::spawn(move || (0..3).for_each(|n| sender.send(n).unwrap()));
    assert_eq!(receiver.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
    cook.join().unwrap();
}

#[test]
fn the_rest_works_too() {
    static PRICE: LazyLock<i32> = LazyLock::new(|| 7);
    static RECIPE: OnceLock<i32> = OnceLock::new();
    static OPEN: Once = Once::new();
    assert_eq!((*PRICE, *RECIPE.get_or_init(|| 3), RECIPE.set(4)), (7, 3, Err(4)));
    OPEN.call_once(|| ());
    assert!(OPEN.is_completed());

    let book = RwLock::new(1);
    *book.write().unwrap() += 1;
    let (one, two) = (book.read().unwrap(), book.read().unwrap());
    assert_eq!(*one + *two, 4);
    assert!(book.try_write().is_err());

    let barrier = Barrier::new(2);
    let leaders = AtomicI32::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let leads = barrier.wait().is_leader();
                leaders.fetch_add(i32::from(leads), Ordering::Relaxed);
            });
        }
    });
    assert_eq!(leaders.into_inner(), 1);

    let waiter = thread::spawn(thread::park);
    waiter.thread().unpark();
    waiter.join().unwrap();
}
