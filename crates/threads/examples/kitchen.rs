//! One list of orders, cooked four ways: in order, by a juggler, by several cooks, in several kitchens.

use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;
use std::{env, thread};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use threads::cores;
use threads::dish::{Dish, Kind, bring_home, count_cooks, send_home};
use threads::primes::primes_below;
use threads::stdout::say;
use threads::timed::timed;
use tokio::task::JoinSet;
use tracing::{Instrument, info, info_span};

fn main() {
    let knobs = Knobs::parse();
    if let Some(number) = knobs.kitchen {
        return cook_next_door(number, knobs); // a kitchen is this program, run again
    }
    if let Some(cores) = knobs.cores {
        cores::keep_to(cores); // first of all: what is started later keeps to them, too
    }
    let recorder = timeline::start();
    let times = MODELS.map(|(title, cook_all, crew)| {
        let [waits_ms, burns_ms] = [Kind::Wait, Kind::Burn].map(|kind| {
            let orders = knobs.orders(kind);
            let (dishes, ms) = timed(|| cook_all(kind, knobs));
            let (cooks, kitchens) = count_cooks(&dishes, orders);
            assert_eq!((cooks, kitchens), crew(knobs.hands(kind)));
            say(format!("{title}, {orders} {kind}: threads {cooks}, processes {kitchens}"));
            ms
        });
        info!(target: "measured", waits_ms, burns_ms);
        recorder.take().show_titled(title);
        (waits_ms, burns_ms)
    });
    let [(waits, burns), juggling, threads, processes] = times;
    info!(
        target: "measured",
        waits_speedup_juggling = waits / juggling.0, burns_speedup_juggling = burns / juggling.1,
        waits_speedup_threads = waits / threads.0, burns_speedup_threads = burns / threads.1,
        waits_speedup_processes = waits / processes.0, burns_speedup_processes = burns / processes.1,
        cores = thread::available_parallelism().map_or(1, usize::from),
    );
    recorder.finish().show();
}

/// A title, how it cooks, and how many threads in how many processes that takes for so many orders at once.
type Model = (&'static str, fn(Kind, Knobs) -> Vec<Dish>, fn(usize) -> (usize, usize));

const MODELS: [Model; 4] = [
    ("one cook, in order", |kind, knobs| cook_share(kind, 0, 1, knobs), |_| (1, 1)),
    ("one cook, juggling", juggle, |_| (1, 1)),
    ("several cooks", hire_cooks, |at_once| (at_once, 1)),
    ("several kitchens", open_kitchens, |at_once| (at_once, at_once)),
];

/// Cooks one order the plain way: stand there until it is done.
fn cook(kind: Kind, order: usize, knobs: Knobs) -> Dish {
    if kind == Kind::Wait {
        let _wait = info_span!("wait", on = "the stove", order).entered();
        thread::sleep(Duration::from_millis(knobs.wait_ms));
        return Dish::served(order, 0);
    }
    let reach = || info_span!("wait", on = "the knife").in_scope(|| KNIFE.lock());
    let _knife = knobs.gil.then(reach);
    let _burn = info_span!("burn", order).entered();
    Dish::served(order, primes_below(knobs.below))
}

/// With `--gil`, whoever burns holds this: one in each process, however many threads there are.
static KNIFE: Mutex<()> = Mutex::new(());

/// What one of several hands cooks: a share dealt like cards, so it is known who cooks what.
fn cook_share(kind: Kind, number: usize, hands: usize, knobs: Knobs) -> Vec<Dish> {
    let share = (number..knobs.orders(kind)).step_by(hands);
    share.map(|order| cook(kind, order, knobs)).collect()
}

/// One thread begins all orders; while one of them waits, it turns to the next.
fn juggle(kind: Kind, knobs: Knobs) -> Vec<Dish> {
    let cook = |order| cook_async(kind, order, knobs).instrument(info_span!("task", order));
    let one_thread = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let all = async { (0..knobs.orders(kind)).map(cook).collect::<JoinSet<_>>().join_all().await };
    one_thread.expect("a runtime starts").block_on(all)
}

async fn cook_async(kind: Kind, order: usize, knobs: Knobs) -> Dish {
    if kind == Kind::Burn {
        return cook(kind, order, knobs); // no `await` inside: nobody else gets a turn
    }
    tokio::time::sleep(Duration::from_millis(knobs.wait_ms)).await; // here the cook turns to another
    Dish::served(order, 0)
}

/// Several threads of this process, each with its share of the orders.
fn hire_cooks(kind: Kind, knobs: Knobs) -> Vec<Dish> {
    let hands = knobs.hands(kind);
    thread::scope(|scope| {
        let hire = |number| {
            let named = thread::Builder::new().name(format!("cook {number}"));
            let cook = move || cook_share(kind, number, hands, knobs);
            named.spawn_scoped(scope, cook).expect("a thread starts")
        };
        let cooks: Vec<_> = (0..hands).map(hire).collect();
        cooks.into_iter().flat_map(|cook| cook.join().expect("no cook panics")).collect()
    })
}

/// Several processes: this program again, with its own arguments and a number.
fn open_kitchens(kind: Kind, knobs: Knobs) -> Vec<Dish> {
    let open = |number: usize| {
        let mut kitchen = Command::new(env::current_exe().expect("this program has a path"));
        kitchen.args(env::args_os().skip(1)).args(["--kitchen", &number.to_string()]);
        kitchen.args((kind == Kind::Burn).then_some("--kitchen-burns"));
        kitchen.stdout(Stdio::piped()).spawn().expect("a process starts")
    };
    let kitchens: Vec<_> = (0..knobs.hands(kind)).map(open).collect();
    let _wait = info_span!("wait", on = "the kitchens").entered();
    let (dishes, timelines): (Vec<_>, Vec<_>) = kitchens.into_iter().map(bring_home).unzip();
    timelines.iter().for_each(|wire| timeline::absorb(wire).expect("a timeline comes whole"));
    dishes.concat()
}

/// In another process: cook a share, then send it home.
fn cook_next_door(number: usize, knobs: Knobs) {
    let kind = if knobs.kitchen_burns { Kind::Burn } else { Kind::Wait };
    let recorder = timeline::start();
    let dishes = cook_share(kind, number, knobs.hands(kind), knobs);
    send_home(&dishes, &recorder.finish().to_wire());
}

/// Cooks the same orders in four ways, and draws who waited and who worked.
#[derive(Clone, Copy, Parser)]
struct Knobs {
    /// Orders that wait
    #[arg(long, default_value_t = 4, value_parser = RangedU64ValueParser::<usize>::new().range(1..=64))]
    waits: usize,
    /// Orders that keep a processor busy
    #[arg(long, default_value_t = 4, value_parser = RangedU64ValueParser::<usize>::new().range(1..=64))]
    burns: usize,
    /// Threads, or processes, where there are several
    #[arg(long, default_value_t = 4, value_parser = RangedU64ValueParser::<usize>::new().range(1..=64))]
    cooks: usize,
    /// Processor cores for everybody; as many as there are if not given. Linux only
    #[arg(long, value_parser = cores::parse)]
    cores: Option<usize>,
    /// Milliseconds of each wait
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(..=2000))]
    wait_ms: u64,
    /// Each burn counts the primes below this number
    #[arg(long, default_value_t = 500_000, value_parser = RangedU64ValueParser::<usize>::new().range(..=5_000_000))]
    below: usize,
    /// One knife in each kitchen: a burn holds a lock, as Python code holds the interpreter's
    #[arg(long)]
    gil: bool,
    #[arg(long, hide = true)]
    kitchen: Option<usize>,
    #[arg(long, hide = true)]
    kitchen_burns: bool,
}

impl Knobs {
    fn orders(self, kind: Kind) -> usize {
        if kind == Kind::Wait { self.waits } else { self.burns }
    }

    /// No more hands than orders: a cook without an order would only stand about.
    fn hands(self, kind: Kind) -> usize {
        self.cooks.min(self.orders(kind))
    }
}
