//! One list of orders, cooked four ways: in order, by a juggler, by several cooks, in several kitchens.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;
use std::process::{self, Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use std::{env, thread};

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use tokio::task::JoinSet;
use tracing::{Instrument, info, info_span};

fn main() {
    let knobs = Knobs::parse();
    if let Some(number) = knobs.kitchen {
        return cook_next_door(number, knobs); // first of all: a kitchen is this program, run again
    }
    let recorder = timeline::start();
    let [in_order, juggling, threads, processes] = Model::ALL.map(|model| {
        let [waits_ms, burns_ms] = [Kind::Wait, Kind::Burn].map(|kind| {
            let start = Instant::now();
            let dishes = model.cook(kind, knobs);
            let ms = start.elapsed().as_secs_f64() * 1e3;
            say(&format!("{}, {}", model.title(), check(&dishes, model, kind, knobs)));
            ms
        });
        info!(target: "measured", waits_ms, burns_ms);
        recorder.take().show_titled(model.title());
        (waits_ms, burns_ms)
    });
    info!(
        target: "measured",
        waits_speedup_juggling = in_order.0 / juggling.0,
        waits_speedup_threads = in_order.0 / threads.0,
        waits_speedup_processes = in_order.0 / processes.0,
        burns_speedup_juggling = in_order.1 / juggling.1,
        burns_speedup_threads = in_order.1 / threads.1,
        burns_speedup_processes = in_order.1 / processes.1,
        cores = thread::available_parallelism().map_or(1, usize::from),
    );
    recorder.finish().show();
}

#[derive(Clone, Copy)]
enum Model {
    InOrder,
    Juggling,
    Threads,
    Processes,
}

impl Model {
    const ALL: [Self; 4] = [Self::InOrder, Self::Juggling, Self::Threads, Self::Processes];

    fn title(self) -> &'static str {
        match self {
            Self::InOrder => "one cook, in order",
            Self::Juggling => "one cook, juggling",
            Self::Threads => "several cooks",
            Self::Processes => "several kitchens",
        }
    }

    fn cook(self, kind: Kind, knobs: Knobs) -> Vec<Dish> {
        match self {
            Self::InOrder => knobs.orders(kind).map(|order| cook(kind, order, knobs)).collect(),
            Self::Juggling => juggle(kind, knobs),
            Self::Threads => hire_cooks(kind, knobs),
            Self::Processes => open_kitchens(kind, knobs),
        }
    }

    /// How many cooks there are, and in how many kitchens, when `hands` orders may be cooked at once.
    fn crew(self, hands: usize) -> (usize, usize) {
        match self {
            Self::InOrder | Self::Juggling => (1, 1),
            Self::Threads => (hands, 1),
            Self::Processes => (hands, hands),
        }
    }
}

/// What an order asks of its cook.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Soup on the stove: nothing to do but wait.
    Wait,
    /// Onions to chop: the cook is what is busy.
    Burn,
}

/// One order, done.
struct Dish {
    order: usize,
    primes: usize,
    kitchen: u32,
    cook: String,
}

impl Dish {
    /// As one line says it that came from another kitchen.
    fn read(line: &str) -> Option<Self> {
        let mut words = line.splitn(4, ' ');
        let mut number = || words.next()?.parse().ok();
        let (order, primes, kitchen) = (number()?, number()?, number()?);
        let kitchen = u32::try_from(kitchen).ok()?;
        Some(Self { order, primes, kitchen, cook: words.next()?.to_owned() })
    }

    fn served(order: usize, primes: usize) -> Self {
        let cook = thread::current().name().unwrap_or("?").to_owned();
        Self { order, primes, kitchen: process::id(), cook }
    }
}

/// Cooks one order the plain way: stand there until it is done.
fn cook(kind: Kind, order: usize, knobs: Knobs) -> Dish {
    match kind {
        Kind::Wait => {
            let _wait = info_span!("wait", on = "the stove", order).entered();
            thread::sleep(knobs.wait());
            Dish::served(order, 0)
        }
        Kind::Burn => {
            let reach = || info_span!("wait", on = "the knife").in_scope(|| KNIFE.lock());
            let _knife = knobs.gil.then(reach);
            let _burn = info_span!("burn", order).entered();
            Dish::served(order, primes_below(knobs.below))
        }
    }
}

/// With `--gil`, whoever burns holds this: one in each process, however many threads there are.
static KNIFE: Mutex<()> = Mutex::new(());

/// Counts primes by trial division: work for the processor, with an answer that can be checked.
fn primes_below(limit: usize) -> usize {
    let is_prime = |n: &usize| (2..).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d));
    (2..limit).filter(is_prime).count()
}

/// One thread begins all orders; while one of them waits, it turns to the next.
fn juggle(kind: Kind, knobs: Knobs) -> Vec<Dish> {
    let cook = |order| cook_async(kind, order, knobs).instrument(info_span!("task", order));
    let one_thread = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let all = async { knobs.orders(kind).map(cook).collect::<JoinSet<_>>().join_all().await };
    one_thread.expect("a runtime starts").block_on(all)
}

async fn cook_async(kind: Kind, order: usize, knobs: Knobs) -> Dish {
    match kind {
        Kind::Wait => {
            tokio::time::sleep(knobs.wait()).await; // here the cook turns to another order
            Dish::served(order, 0)
        }
        Kind::Burn => cook(kind, order, knobs), // no `await` inside: nobody else gets a turn
    }
}

/// Several threads of this process, each with its share of the orders.
fn hire_cooks(kind: Kind, knobs: Knobs) -> Vec<Dish> {
    thread::scope(|scope| {
        let hire = |number| {
            let named = thread::Builder::new().name(format!("cook {number}"));
            named
                .spawn_scoped(scope, move || cook_share(kind, number, knobs))
                .expect("a thread starts")
        };
        let cooks: Vec<_> = (0..knobs.hands(kind)).map(hire).collect();
        cooks.into_iter().flat_map(|cook| cook.join().expect("no cook panics")).collect()
    })
}

/// What one of several hands cooks: a share dealt like cards, so it is known who cooks what.
fn cook_share(kind: Kind, number: usize, knobs: Knobs) -> Vec<Dish> {
    let share = knobs.orders(kind).skip(number).step_by(knobs.hands(kind));
    share.map(|order| cook(kind, order, knobs)).collect()
}

/// Several processes: this program again, with its own arguments and a number.
fn open_kitchens(kind: Kind, knobs: Knobs) -> Vec<Dish> {
    let open = |number: usize| {
        let mut kitchen = Command::new(env::current_exe().expect("this program has a path"));
        kitchen.args(env::args_os().skip(1)).args(["--kitchen", &number.to_string()]);
        if kind == Kind::Burn {
            kitchen.arg("--kitchen-burns");
        }
        kitchen.stdout(Stdio::piped()).spawn().expect("a process starts")
    };
    let kitchens: Vec<_> = (0..knobs.hands(kind)).map(open).collect();
    let _wait = info_span!("wait", on = "the kitchens").entered();
    kitchens.into_iter().flat_map(bring_home).collect()
}

/// In another process: cook a share, then send home one line for each dish, and the timeline.
fn cook_next_door(number: usize, knobs: Knobs) {
    let kind = if knobs.kitchen_burns { Kind::Burn } else { Kind::Wait };
    let recorder = timeline::start();
    for Dish { order, primes, kitchen, cook } in cook_share(kind, number, knobs) {
        println!("{order} {primes} {kitchen} {cook}");
    }
    print!("\n{}", recorder.finish().to_wire());
}

/// The dishes of a kitchen next door: bytes, since nothing else crosses the street.
fn bring_home(kitchen: Child) -> Vec<Dish> {
    let pid = kitchen.id();
    let output = kitchen.wait_with_output().expect("a child can be waited for");
    assert!(output.status.success(), "kitchen {pid} ended with {}", output.status);
    let text = String::from_utf8(output.stdout).expect("a kitchen writes text");
    let (dishes, timeline) = text.split_once("\n\n").expect("a blank line ends the dishes");
    timeline::absorb(timeline).expect("a kitchen sends its whole timeline");
    dishes.lines().map(|line| Dish::read(line).expect("a dish is four words")).collect()
}

/// Checks that every order was cooked exactly once, and by whom; says so in one line.
fn check(dishes: &[Dish], model: Model, kind: Kind, knobs: Knobs) -> String {
    let mut orders: Vec<_> = dishes.iter().map(|dish| dish.order).collect();
    orders.sort_unstable();
    assert!(orders.into_iter().eq(knobs.orders(kind)), "every order is cooked once");
    assert!(dishes.iter().all(|dish| dish.primes == dishes[0].primes), "equal work, equal answers");
    let kitchens: BTreeSet<_> = dishes.iter().map(|dish| dish.kitchen).collect();
    let cooks: BTreeSet<_> = dishes.iter().map(|dish| (dish.kitchen, &dish.cook)).collect();
    assert_eq!((cooks.len(), kitchens.len()), model.crew(knobs.hands(kind)));
    let what = if kind == Kind::Wait { "waits" } else { "burns" };
    format!("{} {what}: threads {}, processes {}", dishes.len(), cooks.len(), kitchens.len())
}

fn say(line: &str) {
    // A reader that has seen enough (`| head -1`) is no error.
    let _ = writeln!(io::stdout(), "{line}");
}

/// Cooks the same orders in four ways, and draws who waited and who worked.
#[derive(Clone, Copy, Parser)]
struct Knobs {
    /// Orders that wait
    #[arg(long, default_value_t = 4, value_parser = from_1_to_64())]
    waits: usize,
    /// Orders that keep a processor busy
    #[arg(long, default_value_t = 4, value_parser = from_1_to_64())]
    burns: usize,
    /// Threads, or processes, where there are several
    #[arg(long, default_value_t = 4, value_parser = from_1_to_64())]
    cooks: usize,
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
    fn wait(self) -> Duration {
        Duration::from_millis(self.wait_ms)
    }

    fn orders(self, kind: Kind) -> Range<usize> {
        0..if kind == Kind::Wait { self.waits } else { self.burns }
    }

    /// No more hands than orders: a cook without an order would only stand about.
    fn hands(self, kind: Kind) -> usize {
        self.cooks.min(self.orders(kind).len())
    }
}

fn from_1_to_64() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=64)
}
