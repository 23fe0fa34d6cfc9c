//! Five ways to make a crowd wait for the right thing, as we build them and as they are there already.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{LazyLock, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use threads::crowd::{Barrier, Event, Once, Semaphore, Timer};
use threads::stdout::say;
use tracing::{info, info_span};

fn main() {
    let knobs = Knobs::parse();
    let recorder = timeline::start();
    for (title, scene) in SCENES {
        let theirs = scene(Made::ByOthers, &knobs);
        drop(recorder.take()); // drawn is what we have built ourselves
        let ours = scene(Made::ByUs, &knobs);
        assert_eq!(ours, theirs, "both do the same");
        say(ours);
        recorder.take().show_titled(title);
    }
}

/// A scene tells in a line how it went, the same on every run.
type Scene = fn(Made, &Knobs) -> String;

const SCENES: [(&str, Scene); 5] = [
    ("semaphore", burners),
    ("barrier", courses),
    ("event", opening),
    ("once", oven),
    ("timer", egg),
];

#[derive(Clone, Copy)]
enum Made {
    ByUs,
    ByOthers,
}

/// More cooks than burners.
fn burners(made: Made, knobs: &Knobs) -> String {
    let most = match made {
        Made::ByUs => {
            let burners = Semaphore::new(knobs.permits);
            cook_all(knobs, || burners.acquire())
        }
        Made::ByOthers => {
            let burners = tokio::sync::Semaphore::new(knobs.permits);
            let waiter = tokio::runtime::Builder::new_current_thread().build().unwrap();
            cook_all(knobs, || waiter.block_on(burners.acquire()).unwrap())
        }
    };
    assert_eq!(most, knobs.permits.min(knobs.jobs));
    format!("semaphore: {} cooks, {} burners, at most {most} at once", knobs.jobs, knobs.permits)
}

/// Every cook takes a burner, by whatever lends one, and gives it back. The most who had one at once.
fn cook_all<P>(knobs: &Knobs, take_a_burner: impl Fn() -> P + Sync) -> usize {
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
    most.into_inner()
}

/// Two courses, and nobody begins the second before all have finished the first.
fn courses(made: Made, knobs: &Knobs) -> String {
    let leaders = match made {
        Made::ByUs => {
            let party = Barrier::new(knobs.parties);
            dine(knobs, || party.wait())
        }
        Made::ByOthers => {
            let party = std::sync::Barrier::new(knobs.parties);
            dine(knobs, || party.wait().is_leader())
        }
    };
    assert_eq!(leaders, [1, 1]);
    format!("barrier: {} cooks met twice, leaders {leaders:?}", knobs.parties)
}

/// How many were told, in each course, that they lead.
fn dine(knobs: &Knobs, meet: impl Fn() -> bool + Sync) -> [usize; 2] {
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
    leaders.map(AtomicUsize::into_inner)
}

/// All wait for the bell, and the one who rings it takes her time.
fn opening(made: Made, knobs: &Knobs) -> String {
    let (ours, theirs, rung) = (Event::new(), OnceLock::new(), AtomicBool::new(false));
    crowd(knobs.parties, |cook| {
        if cook == knobs.parties {
            info_span!("wash hands").in_scope(|| thread::sleep(BEAT * 4));
            // Relaxed, here and below: who comes out of the wait sees all that was done before the event.
            rung.store(true, Ordering::Relaxed);
            return if matches!(made, Made::ByUs) { ours.set() } else { theirs.set(()).unwrap() };
        }
        wait("the bell", || match made {
            Made::ByUs => ours.wait(),
            Made::ByOthers => *theirs.wait(),
        });
        assert!(rung.load(Ordering::Relaxed), "nobody begins before the bell");
        info_span!("cook").in_scope(|| thread::sleep(BEAT * 2));
    });
    format!("event: {} cooks began, all after the bell", knobs.parties - 1)
}

/// All want the oven hot, and one lights it.
fn oven(made: Made, knobs: &Knobs) -> String {
    let lit = AtomicUsize::new(0);
    let light = || {
        info_span!("light the oven").in_scope(|| thread::sleep(knobs.hold()));
        lit.fetch_add(1, Ordering::Relaxed); // Relaxed: a number, looked at when all are gone
        200
    };
    let (ours, theirs) = (Once::new(), LazyLock::new(&light));
    crowd(knobs.jobs, |_| {
        let degrees = wait("a hot oven", || match made {
            Made::ByUs => ours.get_or_make(&light),
            Made::ByOthers => *theirs,
        });
        assert_eq!(degrees, 200, "all have the same oven");
    });
    let times = lit.load(Ordering::Relaxed);
    assert_eq!(times, 1, "the oven is lit once");
    format!("once: {} cooks wanted the oven hot, lit {times} time", knobs.jobs)
}

/// One timer rings; another, set to an hour, is called off, and need not be waited for.
fn egg(made: Made, knobs: &Knobs) -> String {
    let (soon, an_hour) = (Duration::from_millis(knobs.timer_ms), Duration::from_secs(3600));
    let (ring, rung) = mpsc::channel();
    let never = ring.clone();
    let hello = move || ring.send("Hello world").unwrap();
    let never = move || never.send("never").unwrap();
    match made {
        Made::ByUs => {
            let (hello, never) = (Timer::start(soon, hello), Timer::start(an_hour, never));
            assert!(never.cancel(), "an hour is not over yet");
            wait("the timers", || (hello.join().unwrap(), never.join().unwrap()));
        }
        Made::ByOthers => {
            let (_kept, hello) = timer_by_channel(soon, hello);
            let (call_off, never) = timer_by_channel(an_hour, never);
            drop(call_off);
            hello.join().unwrap();
            never.join().unwrap();
        }
    }
    format!("timer: rang {:?}, the other was called off", Vec::from_iter(rung))
}

/// A message that does not come in time is a timer; dropping the sender calls it off.
fn timer_by_channel(
    after: Duration,
    job: impl FnOnce() + Send + 'static,
) -> (mpsc::Sender<()>, JoinHandle<()>) {
    let (call_off, called_off) = mpsc::channel();
    let wait = move || match called_off.recv_timeout(after) {
        Err(RecvTimeoutError::Timeout) => job(),
        Ok(()) | Err(RecvTimeoutError::Disconnected) => (),
    };
    (call_off, thread::spawn(wait))
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
