//! Five ways to make a crowd wait for the right thing, as we build them and as they are there already.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use threads::crowd::{Barrier, Event, Once, Semaphore, Timer};
use threads::stdout::say;
use tracing::{info, info_span};

fn main() {
    let knobs = &Knobs::parse();
    let recorder = &timeline::start();

    let (theirs, ours) =
        (tokio::sync::Semaphore::new(knobs.permits), Semaphore::new(knobs.permits));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
    let take_theirs = || runtime.block_on(theirs.acquire()).expect("nobody closes it");
    let take_ours = || ours.acquire();
    play(recorder, "semaphore", || cook_all(knobs, take_theirs), || cook_all(knobs, take_ours));

    let (theirs, ours) = (std::sync::Barrier::new(knobs.parties), Barrier::new(knobs.parties));
    let (meet_theirs, meet_ours) = (|| theirs.wait().is_leader(), || ours.wait());
    play(recorder, "barrier", || dine(knobs, meet_theirs), || dine(knobs, meet_ours));

    let (theirs, ours) = (OnceLock::new(), Event::new());
    let (ring_theirs, ring_ours) = (|| theirs.set(()).expect("rung once"), || ours.set());
    let (hear_theirs, hear_ours) = (|| *theirs.wait(), || ours.wait());
    let theirs = || open(knobs, ring_theirs, hear_theirs);
    play(recorder, "event", theirs, || open(knobs, ring_ours, hear_ours));

    let (theirs, ours) = (OnceLock::new(), Once::new());
    let heat_theirs = || heat(knobs, |light| *theirs.get_or_init(light));
    play(recorder, "once", heat_theirs, || heat(knobs, |light| ours.get_or_make(light)));

    play(recorder, "timer", || boil(knobs, timer_by_channel), || boil(knobs, timer));
}

/// A scene is played with what others have made, then with what we have built, and both tell the same.
fn play(
    recorder: &timeline::Recorder,
    title: &str,
    theirs: impl FnOnce() -> String,
    ours: impl FnOnce() -> String,
) {
    let expected = theirs();
    drop(recorder.take()); // drawn is what we have built ourselves
    let line = ours();
    assert_eq!(line, expected, "both do the same");
    say(line);
    recorder.take().show_titled(title);
}

/// More cooks than burners. Each takes one, by whatever lends it, and gives it back.
fn cook_all<P>(knobs: &Knobs, take_a_burner: impl Fn() -> P + Sync) -> String {
    let (begin, all_taken) = (Instant::now(), Event::new());
    let (cooking, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    crowd(knobs.jobs, |_| {
        let _burner = wait("a burner", &take_a_burner);
        let _cook = info_span!("cook").entered();
        // Relaxed: only the numbers are shared.
        let now = cooking.fetch_add(1, Ordering::Relaxed) + 1;
        most.fetch_max(now, Ordering::Relaxed);
        if now == knobs.permits.min(knobs.jobs) {
            all_taken.set();
        }
        all_taken.wait(); // nobody is done before the burners have all been taken, on a slow machine either
        thread::sleep(knobs.hold());
        cooking.fetch_sub(1, Ordering::Relaxed);
    });
    let holds = begin.elapsed().div_duration_f64(knobs.hold());
    info!(target: "measured", semaphore_took_holds = holds);
    let most = most.into_inner();
    assert_eq!(most, knobs.permits.min(knobs.jobs));
    format!("semaphore: {} cooks, {} burners, at most {most} at once", knobs.jobs, knobs.permits)
}

/// Two courses, and nobody begins the second before all have finished the first. In each, one is told to lead.
fn dine(knobs: &Knobs, meet: impl Fn() -> bool + Sync) -> String {
    let [ready, leaders] = [(); 2].map(|()| [const { AtomicUsize::new(0) }; 2]);
    crowd(knobs.parties, |cook| {
        for (course, ready) in ready.iter().enumerate() {
            // Who was quick with the first course is slow with the second.
            let beats = if course == 0 { cook } else { knobs.parties - cook + 1 };
            info_span!("course", course).in_scope(|| thread::sleep(BEAT * beats as u32));
            // Relaxed: the barrier orders what comes before it and what comes after.
            ready.fetch_add(1, Ordering::Relaxed);
            let leads = wait("the others", &meet);
            assert_eq!(ready.load(Ordering::Relaxed), knobs.parties, "nobody goes on early");
            leaders[course].fetch_add(leads.into(), Ordering::Relaxed);
        }
    });
    let leaders = leaders.map(AtomicUsize::into_inner);
    assert_eq!(leaders, [1, 1]);
    format!("barrier: {} cooks met twice, leaders {leaders:?}", knobs.parties)
}

/// All wait for the bell, and the one who rings it takes her time.
fn open(knobs: &Knobs, ring: impl Fn() + Sync, hear: impl Fn() + Sync) -> String {
    let rung = AtomicBool::new(false);
    crowd(knobs.parties, |cook| {
        if cook == knobs.parties {
            info_span!("wash hands").in_scope(|| thread::sleep(BEAT * 4));
            // Relaxed, here and below: who comes out of the wait sees all that was done before the event.
            rung.store(true, Ordering::Relaxed);
            return ring();
        }
        wait("the bell", &hear);
        assert!(rung.load(Ordering::Relaxed), "nobody begins before the bell");
        info_span!("cook").in_scope(|| thread::sleep(BEAT * 2));
    });
    format!("event: {} cooks began, all after the bell", knobs.parties - 1)
}

/// All want the oven hot, and one lights it.
fn heat(knobs: &Knobs, get_or_light: impl Fn(&dyn Fn() -> u32) -> u32 + Sync) -> String {
    let lit = AtomicUsize::new(0);
    let light = || {
        info_span!("light the oven").in_scope(|| thread::sleep(knobs.hold()));
        lit.fetch_add(1, Ordering::Relaxed); // Relaxed: a number, looked at when all are gone
        200
    };
    crowd(knobs.jobs, |_| {
        assert_eq!(wait("a hot oven", || get_or_light(&light)), 200, "all have the same oven");
    });
    let times = lit.load(Ordering::Relaxed);
    assert_eq!(times, 1, "the oven is lit once");
    format!("once: {} cooks wanted the oven hot, lit {times} time", knobs.jobs)
}

/// One timer rings; another, set to an hour, is called off, and need not be waited for.
fn boil<E: FnOnce()>(knobs: &Knobs, start: impl Fn(Duration, Job, bool) -> E) -> String {
    let (ring, rung) = mpsc::channel();
    let job = |word| -> Job {
        let ring = ring.clone();
        Box::new(move || ring.send(word).expect("somebody listens"))
    };
    let hello = start(Duration::from_millis(knobs.timer_ms), job("Hello world"), false);
    let never = start(Duration::from_secs(3600), job("never"), true);
    wait("the timers", || (hello(), never()));
    drop(ring);
    format!("timer: rang {:?}, the other was called off", Vec::from_iter(rung))
}

/// What a timer does when it rings.
type Job = Box<dyn FnOnce() + Send>;

/// Starts a timer, and calls it off at once if so told. To be called for its end.
fn timer(after: Duration, job: Job, called_off: bool) -> impl FnOnce() {
    let timer = Timer::start(after, job);
    assert!(!called_off || timer.cancel(), "it is not over yet");
    || timer.join().expect("no timer panics")
}

/// The same: a message that does not come in time. Dropping the sender calls it off.
fn timer_by_channel(after: Duration, job: Job, called_off: bool) -> impl FnOnce() {
    let (call_off, to_be_called_off) = mpsc::channel::<()>();
    let timer = thread::spawn(move || match to_be_called_off.recv_timeout(after) {
        Err(RecvTimeoutError::Timeout) => job(),
        Ok(()) | Err(RecvTimeoutError::Disconnected) => (),
    });
    let kept = (!called_off).then_some(call_off);
    || {
        timer.join().expect("no timer panics");
        drop(kept);
    }
}

/// So many cooks, who all do the same and know their number, from 1 on.
fn crowd(size: usize, work: impl Fn(usize) + Sync) {
    thread::scope(|kitchen| {
        for cook in 1..=size {
            let (work, named) = (&work, thread::Builder::new().name(format!("cook {cook}")));
            named.spawn_scoped(kitchen, move || work(cook)).unwrap();
        }
    });
}

fn wait<R>(on: &str, until: impl FnOnce() -> R) -> R {
    info_span!("wait", on).in_scope(until)
}

/// What differences in pace are drawn with; nothing depends on it.
const BEAT: Duration = Duration::from_millis(50);

/// Makes cooks wait for a burner, for each other, for a bell, for an oven, and for a timer.
#[derive(Parser)]
struct Knobs {
    /// Burners: how many may cook at once
    #[arg(long, default_value_t = 2, value_parser = RangedU64ValueParser::<usize>::new().range(1..=64))]
    permits: usize,
    /// Cooks who want a burner, and later the oven
    #[arg(long, default_value_t = 10, value_parser = RangedU64ValueParser::<usize>::new().range(1..=64))]
    jobs: usize,
    /// Milliseconds that a cook holds a burner, and that the oven takes to light
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=3_000))]
    hold_ms: u64,
    /// Cooks who meet at the barrier; all but one of them wait for the bell
    #[arg(long, default_value_t = 6, value_parser = RangedU64ValueParser::<usize>::new().range(1..=16))]
    parties: usize,
    /// Milliseconds until the timer rings
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(..=10_000))]
    timer_ms: u64,
}

impl Knobs {
    fn hold(&self) -> Duration {
        Duration::from_millis(self.hold_ms)
    }
}
