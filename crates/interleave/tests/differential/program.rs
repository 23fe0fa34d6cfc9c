//! Small random programs, and how they are run.

use std::fmt;
use std::sync::Mutex as Real;

use interleave::sync::atomic::{AtomicU64, Ordering, fence};
use interleave::sync::{
    Arc, Condvar, Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard,
};
use interleave::sync::{Barrier, OnceLock, TryLockError, mpsc};
use interleave::thread::{self, Thread};

use super::chance::Chance;

const LOADS: [Ordering; 3] = [Ordering::Relaxed, Ordering::Acquire, Ordering::SeqCst];
const STORES: [Ordering; 3] = [Ordering::Relaxed, Ordering::Release, Ordering::SeqCst];
const UPDATES: [Ordering; 3] = [Ordering::Relaxed, Ordering::AcqRel, Ordering::SeqCst];
const FENCES: [Ordering; 4] =
    [Ordering::Acquire, Ordering::Release, Ordering::AcqRel, Ordering::SeqCst];

/// One statement of a random program. Numbers name locks and variables.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Statement {
    Lock(usize),
    TryLock(usize),
    Unlock,
    Load(usize, Ordering),
    Store(usize, u64, Ordering),
    Add(usize, u64, Ordering),
    Exchange(usize, u64, u64, Ordering, Ordering),
    WeakExchange(usize, u64, u64, Ordering),
    Fence(Ordering),
    /// Waits on the condition variable if only lock 0 is held; the flag sets a time limit.
    Wait(bool),
    NotifyOne,
    NotifyAll,
    Read,
    Write,
    TryRead,
    LetGo,
    Send(u64),
    Receive,
    TryReceive,
    TrySend(u64),
    /// Into a channel without room, from hand to hand.
    HandOver(u64),
    TakeOver,
    Park,
    UnparkFirst,
    /// Waits at a barrier for two.
    Meet,
    /// Writes a value that is written once, or finds it.
    Settle(u64),
    /// Looks for that value.
    Find,
    /// Looks at a variable a few times, for as long as it is 0.
    Poll(usize, usize),
}

/// What a program is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Locks,
    Memory,
    Sleep,
    Everything,
}

impl Theme {
    pub(crate) const ALL: [Theme; 4] =
        [Theme::Locks, Theme::Memory, Theme::Sleep, Theme::Everything];
}

/// What each thread of a program does.
#[derive(Clone)]
pub(crate) struct Program(Vec<Vec<Statement>>);

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for thread in &self.0 {
            write!(f, "\n    {thread:?}")?;
        }
        Ok(())
    }
}

impl Program {
    pub(crate) fn random(chance: &mut Chance, theme: Theme) -> Self {
        let threads = [2, 2, 2, 3, 3, 4][chance.below(6)];
        let longest = [4, 3, 2][threads - 2];
        let thread = |chance: &mut Chance| {
            let length = 1 + chance.below(longest);
            (0..length).map(|_| Statement::random(chance, theme)).collect()
        };
        Program((0..threads).map(|_| thread(chance)).collect())
    }
}

impl Statement {
    /// A channel has one receiver: the first thread.
    fn suits(self, thread: usize) -> bool {
        thread == 0
            || !matches!(self, Statement::Receive | Statement::TryReceive | Statement::TakeOver)
    }

    fn random(chance: &mut Chance, theme: Theme) -> Self {
        let variable = chance.below(2);
        let value = 1 + chance.below(2) as u64;
        let pick = match theme {
            Theme::Locks => [0, 0, 0, 0, 1, 2, 2, 4][chance.below(8)],
            Theme::Memory => 3 + chance.below(6),
            Theme::Sleep => [0, 0, 2, 9, 9, 10, 11, 3][chance.below(8)],
            Theme::Everything => chance.below(26),
        };
        match pick {
            0 => Statement::Lock(if theme == Theme::Sleep { 0 } else { chance.below(3) }),
            1 => Statement::TryLock(chance.below(2)),
            2 => Statement::Unlock,
            3 => Statement::Load(variable, chance.one_of(&LOADS)),
            4 => Statement::Store(variable, value, chance.one_of(&STORES)),
            5 => Statement::Add(variable, value, chance.one_of(&UPDATES)),
            6 => {
                let (success, failure) = (chance.one_of(&UPDATES), chance.one_of(&LOADS));
                Statement::Exchange(variable, value - 1, value + 1, success, failure)
            }
            7 => Statement::Fence(chance.one_of(&FENCES)),
            8 => match chance.below(3) {
                0 => Statement::WeakExchange(variable, 0, value, chance.one_of(&UPDATES)),
                1 => Statement::Poll(variable, 2 + chance.below(4)),
                _ => Statement::Load(variable, chance.one_of(&LOADS)),
            },
            9 => Statement::Wait(chance.below(3) == 0),
            10 => Statement::NotifyOne,
            11 => Statement::NotifyAll,
            12 => Statement::Read,
            13 => Statement::Write,
            14 => Statement::TryRead,
            15 => Statement::LetGo,
            16 => Statement::Send(value),
            17 => [Statement::Receive, Statement::TryReceive][chance.below(2)],
            18 => Statement::Park,
            19 => Statement::UnparkFirst,
            20 => Statement::Meet,
            21 => Statement::Settle(value),
            22 => Statement::Find,
            23 => Statement::TrySend(value),
            24 => Statement::HandOver(value),
            _ => Statement::TakeOver,
        }
    }
}

/// What the threads share.
struct Shared {
    locks: [Mutex<u64>; 3],
    variables: [AtomicU64; 2],
    bell: Condvar,
    book: RwLock<u64>,
    sender: mpsc::SyncSender<u64>,
    receiver: Real<mpsc::Receiver<u64>>,
    giver: mpsc::SyncSender<u64>,
    taker: Real<mpsc::Receiver<u64>>,
    meeting: Barrier,
    settled: OnceLock<u64>,
}

/// What each thread has seen; outside of the engine, so that it survives a deadlock.
pub(crate) type Diary = Arc<Real<Vec<Vec<u64>>>>;

/// What one thread holds while it goes through its statements.
#[derive(Default)]
struct Hands<'a> {
    locks: Vec<(usize, MutexGuard<'a, u64>)>,
    reading: Option<RwLockReadGuard<'a, u64>>,
    writing: Option<RwLockWriteGuard<'a, u64>>,
}

/// Runs a program once, in a run of the engine.
pub(crate) fn run(program: &Program, diary: &Diary) {
    *diary.lock().unwrap() = vec![vec![]; program.0.len() + 1];
    let (sender, receiver) = mpsc::sync_channel(1);
    let (giver, taker) = mpsc::sync_channel(0);
    let shared = Arc::new(Shared {
        locks: Default::default(),
        variables: Default::default(),
        bell: Condvar::new(),
        book: RwLock::new(0),
        sender,
        receiver: Real::new(receiver),
        giver,
        taker: Real::new(taker),
        meeting: Barrier::new(2),
        settled: OnceLock::new(),
    });
    let first: Arc<Real<Option<Thread>>> = Arc::default();
    let mut handles = vec![];
    for (number, statements) in program.0.iter().enumerate() {
        let (shared, known) = (Arc::clone(&shared), Arc::clone(&first));
        let (statements, diary) = (statements.clone(), diary.clone());
        let handle = thread::spawn(move || {
            let mut hands = Hands::default();
            for statement in statements {
                let first = known.lock().unwrap().clone();
                if !statement.suits(number) {
                    continue;
                }
                if let Some(seen) = carry_out(statement, &shared, &mut hands, first.as_ref()) {
                    diary.lock().unwrap()[number].push(seen);
                }
            }
        });
        if number == 0 {
            *first.lock().unwrap() = Some(handle.thread().clone());
        }
        handles.push(handle);
    }
    for handle in handles {
        handle.join().unwrap();
    }
    let mut last: Vec<u64> = shared.locks.iter().map(|lock| *lock.lock().unwrap()).collect();
    last.extend(shared.variables.iter().map(|variable| variable.load(Ordering::SeqCst)));
    last.push(*shared.book.read().unwrap());
    *diary.lock().unwrap().last_mut().unwrap() = last;
}

fn carry_out<'a>(
    statement: Statement,
    shared: &'a Shared,
    hands: &mut Hands<'a>,
    first: Option<&Thread>,
) -> Option<u64> {
    use Statement as S;
    match statement {
        S::Lock(_) | S::TryLock(_) | S::Unlock | S::Wait(_) | S::NotifyOne | S::NotifyAll => {
            lock_or_sleep(statement, shared, hands)
        }
        S::Load(v, order) => Some(shared.variables[v].load(order)),
        S::Store(v, value, order) => {
            shared.variables[v].store(value, order);
            None
        }
        S::Add(v, value, order) => Some(shared.variables[v].fetch_add(value, order)),
        S::Exchange(v, old, new, success, failure) => {
            let result = shared.variables[v].compare_exchange(old, new, success, failure);
            Some(result.map_or_else(|found| 100 + found, |found| 200 + found))
        }
        S::WeakExchange(v, old, new, order) => {
            let result =
                shared.variables[v].compare_exchange_weak(old, new, order, Ordering::Relaxed);
            Some(result.map_or_else(|found| 100 + found, |found| 200 + found))
        }
        S::Fence(order) => {
            fence(order);
            None
        }
        S::Poll(v, times) => Some(poll(&shared.variables[v], times)),
        S::Read | S::Write | S::TryRead | S::LetGo => look_up(statement, shared, hands),
        S::Send(_) | S::TrySend(_) | S::Receive | S::TryReceive | S::HandOver(_) | S::TakeOver => {
            pass_on(statement, shared)
        }
        S::Meet => Some(u64::from(shared.meeting.wait().is_leader())),
        S::Settle(value) => Some(400 + *shared.settled.get_or_init(|| value)),
        S::Find => Some(shared.settled.get().map_or(800, |value| 700 + value)),
        S::Park => {
            thread::park();
            None
        }
        S::UnparkFirst => {
            first?.unpark();
            None
        }
    }
}

fn pass_on(statement: Statement, shared: &Shared) -> Option<u64> {
    // The real locks are never contended: only the first thread receives.
    match statement {
        Statement::Send(value) => {
            shared.sender.send(value).unwrap();
            None
        }
        Statement::TrySend(value) => Some(u64::from(shared.sender.try_send(value).is_ok())),
        Statement::Receive => shared.receiver.lock().unwrap().recv().ok(),
        Statement::TryReceive => {
            Some(shared.receiver.lock().unwrap().try_recv().map_or(900, |value| 300 + value))
        }
        Statement::HandOver(value) => {
            shared.giver.send(value).unwrap();
            None
        }
        Statement::TakeOver => shared.taker.lock().unwrap().recv().ok(),
        _ => None,
    }
}

/// What was seen, and at which look.
fn poll(variable: &AtomicU64, times: usize) -> u64 {
    for look in 0..times as u64 {
        let seen = variable.load(Ordering::Relaxed);
        if seen != 0 {
            return look * 1_000 + seen;
        }
    }
    0
}

fn lock_or_sleep<'a>(
    statement: Statement,
    shared: &'a Shared,
    hands: &mut Hands<'a>,
) -> Option<u64> {
    let mark = |guard: &mut MutexGuard<'_, u64>| {
        **guard = **guard * 3 + 1;
        **guard
    };
    let holds = |lock| hands.locks.iter().any(|(held, _)| *held == lock);
    match statement {
        Statement::Lock(lock) if !holds(lock) => {
            let mut guard = shared.locks[lock].lock().unwrap();
            let seen = mark(&mut guard);
            hands.locks.push((lock, guard));
            Some(seen)
        }
        Statement::TryLock(lock) if !holds(lock) => match shared.locks[lock].try_lock() {
            Ok(mut guard) => {
                let seen = mark(&mut guard);
                hands.locks.push((lock, guard));
                Some(seen)
            }
            Err(TryLockError::WouldBlock) => Some(1_000),
            Err(TryLockError::Poisoned(_)) => unreachable!("nobody panics"),
        },
        Statement::Unlock => {
            hands.locks.pop();
            None
        }
        Statement::Wait(has_limit) => {
            if hands.locks.len() != 1 || hands.locks[0].0 != 0 {
                return None;
            }
            let (_, guard) = hands.locks.pop()?;
            let (guard, seen) = if has_limit {
                let limit = std::time::Duration::from_millis(1);
                let (guard, result) = shared.bell.wait_timeout(guard, limit).unwrap();
                (guard, 500 + u64::from(result.timed_out()))
            } else {
                (shared.bell.wait(guard).unwrap(), 600)
            };
            let seen = seen * 1_000 + *guard;
            hands.locks.push((0, guard));
            Some(seen)
        }
        Statement::NotifyOne => {
            shared.bell.notify_one();
            None
        }
        Statement::NotifyAll => {
            shared.bell.notify_all();
            None
        }
        _ => None,
    }
}

fn look_up<'a>(statement: Statement, shared: &'a Shared, hands: &mut Hands<'a>) -> Option<u64> {
    let has_book = hands.reading.is_some() || hands.writing.is_some();
    match statement {
        Statement::Read if !has_book => {
            let book = shared.book.read().unwrap();
            let seen = *book;
            hands.reading = Some(book);
            Some(seen)
        }
        Statement::TryRead if !has_book => match shared.book.try_read() {
            Ok(book) => {
                let seen = *book;
                hands.reading = Some(book);
                Some(seen)
            }
            Err(_) => Some(2_000),
        },
        Statement::Write if !has_book => {
            let mut book = shared.book.write().unwrap();
            *book = *book * 3 + 1;
            let seen = *book;
            hands.writing = Some(book);
            Some(seen)
        }
        Statement::LetGo => {
            hands.reading = None;
            hands.writing = None;
            None
        }
        _ => None,
    }
}
