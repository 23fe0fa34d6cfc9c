//! A menu that many read and one rewrites, behind one of four locks.

use std::cell::RefCell;
use std::fmt;
use std::str::FromStr;
use std::sync::{LockResult, Mutex, PoisonError, RwLock};

use parking_lot::ReentrantMutex;
use tracing::info_span;

/// The kind of lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// A `Mutex`.
    Mutex,
    /// An `RwLock`.
    RwLock,
    /// A `ReentrantMutex`, as Python's `RLock`.
    Reentrant,
    /// A `Mutex` for each dish.
    Sharded,
}

/// The prices of all dishes. They lie *inside* the lock: nobody gets at them without taking it.
#[derive(Debug)]
pub enum Menu {
    /// One at a time, whatever for.
    Mutex(Mutex<Vec<u32>>),
    /// Many who read, or one who writes.
    RwLock(RwLock<Vec<u32>>),
    /// One at a time, as often as it likes. Such a lock lends only `&`, or its holder could have two `&mut`:
    /// so what is to change needs a `RefCell`, too.
    Reentrant(ReentrantMutex<RefCell<Vec<u32>>>),
    /// A lock for each dish.
    Sharded(Vec<Mutex<u32>>),
}

impl Lock {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Mutex, Self::RwLock, Self::Reentrant, Self::Sharded];

    /// A menu with these prices, behind such a lock.
    pub fn around(self, prices: Vec<u32>) -> Menu {
        match self {
            Self::Mutex => Menu::Mutex(Mutex::new(prices)),
            Self::RwLock => Menu::RwLock(RwLock::new(prices)),
            Self::Reentrant => Menu::Reentrant(ReentrantMutex::new(RefCell::new(prices))),
            Self::Sharded => Menu::Sharded(prices.into_iter().map(Mutex::new).collect()),
        }
    }

    /// Whether those who read different dishes can do so at once.
    pub fn admits_all_readers(self) -> bool {
        matches!(self, Self::RwLock | Self::Sharded)
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mutex => "mutex",
            Self::RwLock => "rwlock",
            Self::Reentrant => "reentrant",
            Self::Sharded => "sharded",
        })
    }
}

impl FromStr for Lock {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let named = |lock: &Self| lock.to_string() == name;
        let unknown = "no such lock; try mutex, rwlock, reentrant or sharded";
        Self::ALL.into_iter().find(named).ok_or_else(|| unknown.to_owned())
    }
}

impl Menu {
    /// Looks at the price of a dish. The lock is held until `look` returns.
    ///
    /// # Panics
    ///
    /// When somebody has panicked with this lock in hand, and when there is no such dish.
    pub fn read<R>(&self, dish: usize, look: impl FnOnce(u32) -> R) -> R {
        match self {
            Self::Mutex(menu) => {
                let prices = waiting(|| menu.lock().expect(CLEAN));
                look(prices[dish])
            }
            Self::RwLock(menu) => {
                let prices = waiting(|| menu.read().expect(CLEAN));
                look(prices[dish])
            }
            Self::Reentrant(menu) => {
                let prices = waiting(|| menu.lock());
                look(prices.borrow()[dish])
            }
            Self::Sharded(menu) => {
                let price = waiting(|| menu[dish].lock().expect(CLEAN));
                look(*price)
            }
        }
    }

    /// Changes every price, from the first dish to the last.
    ///
    /// One lock is held from the first to the last. Of many locks, each is held for its own dish only.
    ///
    /// # Panics
    ///
    /// When somebody has panicked with one of the locks in hand.
    pub fn rewrite(&self, mut change: impl FnMut(usize, &mut u32)) {
        let mut change_all = |prices: &mut Vec<u32>| {
            prices.iter_mut().enumerate().for_each(|(dish, price)| change(dish, price));
        };
        match self {
            Self::Mutex(menu) => change_all(&mut waiting(|| menu.lock().expect(CLEAN))),
            Self::RwLock(menu) => change_all(&mut waiting(|| menu.write().expect(CLEAN))),
            Self::Reentrant(menu) => change_all(&mut waiting(|| menu.lock()).borrow_mut()),
            Self::Sharded(menu) => {
                for (dish, price) in menu.iter().enumerate() {
                    change(dish, &mut waiting(|| price.lock().expect(CLEAN)));
                }
            }
        }
    }
}

/// What its locks say of themselves.
impl Menu {
    /// Whether the one who holds the lock to change the menu may take it once more.
    ///
    /// It only tries. `lock` instead of `try_lock` would wait for the holder to let go: for itself.
    ///
    /// # Panics
    ///
    /// When somebody has panicked with the lock in hand, and when there are no dishes.
    pub fn lets_its_holder_in_again(&self) -> bool {
        match self {
            Self::Mutex(menu) => {
                let _held = menu.lock().expect(CLEAN);
                menu.try_lock().is_ok()
            }
            Self::RwLock(menu) => {
                let _held = menu.write().expect(CLEAN);
                menu.try_read().is_ok()
            }
            Self::Reentrant(menu) => {
                let _held = menu.lock();
                menu.try_lock().is_some()
            }
            Self::Sharded(menu) => {
                let _held = menu[0].lock().expect(CLEAN);
                menu[0].try_lock().is_ok()
            }
        }
    }

    /// How many locks it has.
    pub fn locks(&self) -> usize {
        if let Self::Sharded(menu) = self { menu.len() } else { 1 }
    }

    /// How many of its locks remember a panic.
    pub fn poisoned(&self) -> usize {
        match self {
            Self::Mutex(menu) => usize::from(menu.is_poisoned()),
            Self::RwLock(menu) => usize::from(menu.is_poisoned()),
            // parking_lot forgets panics.
            Self::Reentrant(_) => 0,
            Self::Sharded(menu) => menu.iter().filter(|price| price.is_poisoned()).count(),
        }
    }

    /// The prices as they are, whatever has happened to whoever changed them.
    pub fn prices(&self) -> Vec<u32> {
        match self {
            Self::Mutex(menu) => insist(menu.lock()).clone(),
            Self::RwLock(menu) => insist(menu.read()).clone(),
            Self::Reentrant(menu) => menu.lock().borrow().clone(),
            Self::Sharded(menu) => menu.iter().map(|price| *insist(price.lock())).collect(),
        }
    }
}

/// Comes in, although somebody may have panicked in here: the error of a poisoned lock holds the guard.
fn insist<G>(outcome: LockResult<G>) -> G {
    outcome.unwrap_or_else(PoisonError::into_inner)
}

const CLEAN: &str = "nobody has panicked with this lock in hand";

fn waiting<G>(take: impl FnOnce() -> G) -> G {
    info_span!("wait", on = "the menu").in_scope(take)
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

    use super::*;

    fn menus() -> [Menu; 4] {
        Lock::ALL.map(|lock| lock.around(vec![40, 40]))
    }

    /// Panics without a message that would look like a failure of the test.
    fn spoil<R>(job: impl FnOnce() -> R) {
        assert!(catch_unwind(AssertUnwindSafe(job)).is_err());
    }

    #[test]
    fn a_lock_is_known_by_its_name() {
        for lock in Lock::ALL {
            assert_eq!(lock.to_string().parse(), Ok(lock));
        }
        assert!("Mutex".parse::<Lock>().is_err());
    }

    #[test]
    fn what_was_rewritten_is_read() {
        for menu in menus() {
            menu.rewrite(|dish, price| *price += dish as u32);
            assert_eq!(menu.read(1, |price| price), 41, "{menu:?}");
            assert_eq!(menu.prices(), [40, 41], "{menu:?}");
        }
    }

    #[test]
    fn only_the_reentrant_lock_lets_its_holder_in_again() {
        let again = menus().map(|menu| menu.lets_its_holder_in_again());
        assert_eq!(again, [false, false, true, false]);
    }

    #[test]
    fn a_writers_panic_poisons_what_is_in_its_hand_and_leaves_the_prices_as_they_are() {
        let poisoned = menus().map(|menu| {
            spoil(|| {
                menu.rewrite(|dish, price| {
                    if dish == 1 {
                        resume_unwind(Box::new("fainted"));
                    }
                    *price = 42;
                });
            });
            assert_eq!(menu.prices(), [42, 40], "{menu:?}");
            menu.poisoned()
        });
        assert_eq!(poisoned, [1, 1, 0, 1]);
    }

    #[test]
    fn a_readers_panic_poisons_only_a_lock_that_cannot_tell_readers_from_writers() {
        let poisoned = menus().map(|menu| {
            spoil(|| menu.read(0, |_| resume_unwind(Box::new("fainted"))));
            menu.poisoned()
        });
        assert_eq!(poisoned, [1, 0, 0, 1]);
    }
}
