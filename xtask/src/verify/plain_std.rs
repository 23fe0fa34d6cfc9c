//! Stands in for `interleave` where a judge is run without it: the real `std`, and `check` makes one
//! plain run. It shows what a test notices that is run once and hopes.

pub use ::std::*;

/// What a judge may ask of a fault. A plain run never has one to show, so these are for the compiler only.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Its sort.
    pub kind: FaultKind,
    /// The run.
    pub recording: Recording,
}

/// The run of a fault.
#[derive(Clone, Debug)]
pub struct Recording {
    /// Who waited.
    pub waiting: Vec<Waiting>,
}

/// A thread that waits.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// What for.
    pub wish: Wish,
}

/// The sorts of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    Panic,
    Deadlock,
    LostWakeUp,
    Livelock,
    LeakedThread,
    Unrepeatable,
}

/// What a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Lock(usize),
    Notification { condvar: usize, unheard: usize },
    End(usize),
    Unpark,
    Message(usize),
    Room(usize),
    Company(usize),
    News,
    Wake,
    Turn,
}

impl ::std::fmt::Display for Fault {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(self, f)
    }
}

/// One plain run: what it shows is up to luck.
pub fn check(body: impl Fn() + Send + Sync + 'static) -> Report {
    Explorer::new().check(body)
}

/// What one plain run has found out: that it did not fail.
#[derive(Clone, Debug)]
pub struct Report {
    /// Always one.
    pub runs: u64,
    /// Never: one run is not all of them.
    pub complete: bool,
    /// Never known: a run that goes wrong ends the test.
    pub fault: Option<Fault>,
}

/// The settings that a judge may ask for mean nothing to a single run.
#[derive(Clone, Debug, Default)]
pub struct Explorer(());

impl Explorer {
    /// There is nothing to set.
    pub fn new() -> Self {
        Self(())
    }

    /// One run is made in any case.
    pub fn max_runs(self, _: u64) -> Self {
        self
    }

    /// The real `std` counts no steps.
    pub fn max_steps(self, _: usize) -> Self {
        self
    }

    /// The real processor fails as it likes.
    pub fn weak_failures(self, _: usize) -> Self {
        self
    }

    /// The real `std` wakes whom it likes.
    pub fn spurious_wakes(self, _: usize) -> Self {
        self
    }

    /// One plain run.
    pub fn check(&self, body: impl Fn() + Send + Sync + 'static) -> Report {
        body();
        Report { runs: 1, complete: false, fault: None }
    }

    /// No run at all: what is explored instead of checked may be meant to hang.
    pub fn explore(&self, _: impl Fn() + Send + Sync + 'static) -> Report {
        Report { runs: 0, complete: false, fault: None }
    }
}

/// Makes no run again: a plain run knows no schedules.
pub fn replay(_: &str, body: impl Fn() + Send + Sync + 'static) {
    body();
}

/// Tasks on one thread, polled first come, first served, as a plain runtime does.
pub mod tasks {
    use ::std::any::Any;
    use ::std::cell::RefCell;
    use ::std::collections::VecDeque;
    use ::std::future::Future;
    use ::std::panic::{AssertUnwindSafe, catch_unwind};
    use ::std::pin::Pin;
    use ::std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    use ::std::sync::{Arc, Mutex};
    use ::std::task::{Context, Poll, Wake, Waker};

    struct Bell(AtomicBool);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            self.0.store(true, SeqCst);
        }
    }

    type Queue = VecDeque<(Pin<Box<dyn Future<Output = ()>>>, Arc<Bell>)>;

    thread_local! {
        static QUEUE: RefCell<Queue> = const { RefCell::new(VecDeque::new()) };
    }

    type Slot<T> = Arc<Mutex<Option<Result<T, Box<dyn Any + Send>>>>>;

    /// A task's result, once it is there.
    pub struct JoinHandle<T>(Slot<T>);

    impl<T> JoinHandle<T> {
        /// Polls whoever is awake until this task has ended.
        pub fn join(self) -> Result<T, Box<dyn Any + Send>> {
            let mut asleep = 0;
            loop {
                if let Some(result) = self.0.lock().unwrap().take() {
                    return result;
                }
                let next = QUEUE.with(|queue| queue.borrow_mut().pop_front());
                let (mut task, bell) = next.expect("a task that has not ended is in the queue");
                let is_awake = bell.0.swap(false, SeqCst);
                asleep = if is_awake { 0 } else { asleep + 1 };
                let waiting = QUEUE.with(|queue| queue.borrow().len());
                assert!(asleep <= waiting + 1, "nobody is left who could wake a task");
                let waker = Waker::from(Arc::clone(&bell));
                let poll = |task: &mut Pin<Box<dyn Future<Output = ()>>>| {
                    task.as_mut().poll(&mut Context::from_waker(&waker))
                };
                if !is_awake || poll(&mut task).is_pending() {
                    QUEUE.with(|queue| queue.borrow_mut().push_back((task, bell)));
                }
            }
        }
    }

    /// Starts a task.
    pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let slot: Slot<F::Output> = Arc::default();
        let theirs = Arc::clone(&slot);
        let mut future = Box::pin(future);
        let life = ::std::future::poll_fn(move |context| {
            let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
            let result = match polled {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(value)) => Ok(value),
                Err(payload) => Err(payload),
            };
            *theirs.lock().unwrap() = Some(result);
            Poll::Ready(())
        });
        let bell = Arc::new(Bell(AtomicBool::new(true)));
        QUEUE.with(|queue| queue.borrow_mut().push_back((Box::pin(life), bell)));
        JoinHandle(slot)
    }

    /// Starts a task that nobody cancels.
    pub fn spawn_cancellable<F>(future: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        spawn(async move { Some(future.await) })
    }

    /// Lets the others run once.
    pub async fn yield_now() {
        let mut has_yielded = false;
        ::std::future::poll_fn(|context| {
            if ::std::mem::replace(&mut has_yielded, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}
