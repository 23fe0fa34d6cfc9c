//! Stand-ins for [`std::sync`]: the same names, signatures and behaviour, and inside
//! a run every operation is a step that the search can put in another order.
//!
//! Only what is modelled is here. Nothing is re-exported wholesale, so a program that uses
//! anything else does not compile, instead of being explored without it.
//!
//! `Arc` and `Weak` are the real ones: counting references is not a step.

pub mod atomic;
mod barrier;
mod condvar;
mod lazy_lock;
pub mod mpsc;
mod mutex;
mod once;
mod once_lock;
mod rwlock;

pub use std::sync::{Arc, LockResult, PoisonError, TryLockError, TryLockResult, Weak};

pub use self::barrier::{Barrier, BarrierWaitResult};
pub use self::condvar::{Condvar, WaitTimeoutResult};
pub use self::lazy_lock::LazyLock;
pub use self::mutex::{Mutex, MutexGuard};
pub use self::once::{Once, OnceState};
pub use self::once_lock::OnceLock;
pub use self::rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
