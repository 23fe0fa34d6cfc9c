//! The recorder: a `tracing` layer that notes who did what when.
//!
//! Every thread writes into a buffer of its own, so recording threads do not wait for one another.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tracing::span::{Attributes, Id};
use tracing::subscriber::set_global_default;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, SpanRef};

use crate::clock;
use crate::record::{Fact, Record, Slice, Span, Thread};
use crate::wire::WireError;

mod collect;
mod fields;

/// Records every span of this process from now on, of level info or above.
///
/// # Panics
///
/// When the process has a global `tracing` subscriber already. To record beside other layers, add
/// [`Recorder::layer`] to them.
#[must_use]
pub fn start() -> Recorder {
    let recorder = Recorder::new();
    assert!(
        set_global_default(tracing_subscriber::registry().with(recorder.layer())).is_ok(),
        "timeline::start() must be the only one to install a tracing subscriber in this process; \
         call it once, or add Recorder::new().layer() to the subscriber that is there"
    );
    // The subscriber could be set only once, so this is the first and only recorder.
    let _ = STARTED.set(recorder.clone_handle());
    recorder
}

/// Adds what a worker process recorded (its [`Record::to_wire`]) to what this one records with
/// [`start`]; does nothing if nothing is being recorded.
///
/// # Errors
///
/// When the text is not a sequence of whole records; nothing of it is added then.
pub fn absorb(wire: &str) -> Result<(), WireError> {
    let Some(shared) = STARTED.get().filter(|shared| shared.records()) else { return Ok(()) };
    for record in Record::read_all(wire)? {
        lock(&shared.collected).absorbed.merge(record);
    }
    Ok(())
}

static STARTED: OnceLock<Arc<Shared>> = OnceLock::new();

/// Holds what is recorded until it is asked for.
pub struct Recorder {
    shared: Arc<Shared>,
}

impl Recorder {
    /// A recorder that is installed nowhere yet; see [`Recorder::layer`].
    #[must_use]
    #[expect(
        clippy::new_without_default,
        reason = "a default recorder that records nothing surprises"
    )]
    pub fn new() -> Self {
        Self::with_clock(clock::now)
    }

    /// A recorder that reads the time, in nanoseconds, from the given clock: for exact tests.
    #[must_use]
    pub fn with_clock(clock: fn() -> u64) -> Self {
        static RECORDERS: AtomicU64 = AtomicU64::new(1);
        Self {
            shared: Arc::new(Shared {
                // Relaxed: the numbers must differ, and nothing else hangs on them.
                id: RECORDERS.fetch_add(1, Ordering::Relaxed),
                clock,
                recording: AtomicBool::new(true),
                next_id: AtomicU64::new(1),
                desks: Mutex::default(),
                collected: Mutex::default(),
            }),
        }
    }

    /// The layer to put on a subscriber, with `tracing::subscriber::with_default` if only for a while.
    #[must_use]
    pub fn layer(&self) -> RecorderLayer {
        RecorderLayer { shared: self.clone_handle() }
    }

    /// What was recorded since the last time; recording goes on. A span that is alive now is in this
    /// record and, from now on, in the next.
    #[must_use]
    pub fn take(&self) -> Record {
        self.shared.collect()
    }

    /// What was recorded since the last [`Recorder::take`]; from now on nothing is recorded.
    #[must_use]
    pub fn finish(self) -> Record {
        // Relaxed: a span that other threads begin around now may be kept or lost.
        self.shared.recording.store(false, Ordering::Relaxed);
        self.shared.collect()
    }

    fn clone_handle(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }
}

/// What the layer and its recorder share.
struct Shared {
    id: u64,
    clock: fn() -> u64,
    recording: AtomicBool,
    next_id: AtomicU64,
    desks: Mutex<Vec<Arc<Desk>>>,
    collected: Mutex<collect::Collected>,
}

/// Where one thread writes.
struct Desk {
    recorder: u64,
    thread: Thread,
    notes: Mutex<Notes>,
}

/// What one thread wrote since it was last collected.
#[derive(Default)]
struct Notes {
    born: Vec<Span>,
    fields: Vec<(u64, Vec<(String, String)>)>,
    slices: Vec<Slice>,
    died: Vec<(u64, u64)>,
    /// The spans the thread is in now, outermost first, and since when.
    entered: Vec<(u64, u64)>,
}

thread_local! {
    // One desk for each recorder: a test may record on a thread that another recorder watches too.
    static DESKS: RefCell<Vec<Arc<Desk>>> = const { RefCell::new(Vec::new()) };
}

impl Shared {
    fn records(&self) -> bool {
        // Relaxed: see `finish`.
        self.recording.load(Ordering::Relaxed)
    }

    fn now(&self) -> u64 {
        (self.clock)()
    }

    /// Unique in this process, and most likely among the processes of one run.
    fn new_id(&self) -> u64 {
        // Relaxed: ids must differ, and nothing else hangs on them.
        u64::from(std::process::id()) << 32 | self.next_id.fetch_add(1, Ordering::Relaxed)
    }

    fn note(&self, write: impl FnOnce(&mut Notes)) {
        // A thread whose local storage is gone already ends unrecorded.
        let _ = DESKS.try_with(|desks| {
            let desk = desks.borrow().iter().find(|desk| desk.recorder == self.id).cloned();
            let desk = desk.unwrap_or_else(|| self.open_desk(&mut desks.borrow_mut()));
            write(&mut lock(&desk.notes));
        });
    }

    fn open_desk(&self, desks: &mut Vec<Arc<Desk>>) -> Arc<Desk> {
        let id = self.new_id();
        let name = std::thread::current().name().map(ToOwned::to_owned);
        let name = name.unwrap_or_else(|| format!("thread {}", id & u64::from(u32::MAX)));
        let thread = Thread { id, process: std::process::id(), name };
        let desk = Arc::new(Desk { recorder: self.id, thread, notes: Mutex::default() });
        lock(&self.desks).push(Arc::clone(&desk));
        // A desk that only this thread holds belonged to a recorder that is gone.
        desks.retain(|desk| Arc::strong_count(desk) > 1);
        desks.push(Arc::clone(&desk));
        desk
    }
}

/// Nothing panics while it holds one of these locks, so a poisoned one still guards whole data.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes every span of level info or above, and every event with the target `measured`.
pub struct RecorderLayer {
    shared: Arc<Shared>,
}

/// The recorder's own id of a span: `tracing` uses its ids again.
struct SpanId(u64);

fn id_of<'a, S: LookupSpan<'a>>(span: &SpanRef<'a, S>) -> Option<u64> {
    span.extensions().get::<SpanId>().map(|SpanId(id)| *id)
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for RecorderLayer {
    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::INFO) // lets `tracing` skip what libraries say to themselves
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id).filter(|span| self.wants(span.metadata())) else {
            return;
        };
        // Not only the parent: the layer may have skipped it.
        let parent = span.scope().skip(1).find_map(|ancestor| id_of(&ancestor));
        let id = self.shared.new_id();
        span.extensions_mut().insert(SpanId(id));
        // Before the note is begun: a field's Debug is free to make spans of its own.
        let fields = fields::texts(|visitor| attributes.record(visitor));
        let (name, process) = (span.name().to_owned(), std::process::id());
        let born = self.shared.now();
        let span = Span { id, parent, process, name, fields, born, died: None };
        self.shared.note(|notes| notes.born.push(span));
    }

    fn on_record(&self, id: &Id, values: &tracing::span::Record<'_>, context: Context<'_, S>) {
        let Some(id) = context.span(id).and_then(|span| id_of(&span)) else { return };
        let fields = fields::texts(|visitor| values.record(visitor));
        self.shared.note(|notes| notes.fields.push((id, fields)));
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        let Some(id) = context.span(id).and_then(|span| id_of(&span)) else { return };
        let since = self.shared.now();
        self.shared.note(|notes| notes.entered.push((id, since)));
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        let end = self.shared.now();
        let Some(id) = context.span(id).and_then(|span| id_of(&span)) else { return };
        self.shared.note(|notes| {
            let entered = notes.entered.iter().rposition(|(span, _)| *span == id);
            if let Some((span, start)) = entered.map(|place| notes.entered.remove(place)) {
                // The thread is filled in when the notes are collected.
                notes.slices.push(Slice { span, thread: 0, start, end });
            }
        });
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let died = self.shared.now();
        let Some(id) = context.span(&id).and_then(|span| id_of(&span)) else { return };
        self.shared.note(|notes| notes.died.push((id, died)));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "measured" || !self.shared.records() {
            return;
        }
        let facts: Vec<(String, Fact)> = fields::facts(event);
        let mut collected = lock(&self.shared.collected);
        for (name, value) in facts {
            collected.measured.measure(&name, value);
        }
    }
}

impl RecorderLayer {
    fn wants(&self, metadata: &Metadata<'_>) -> bool {
        self.shared.records() && *metadata.level() <= Level::INFO
    }
}
