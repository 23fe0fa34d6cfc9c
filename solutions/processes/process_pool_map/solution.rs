//! A pool of worker processes: one thread per kitchen, one shared counter of orders, answers by index.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Two kitchens burnt down over this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

/// The answers of `kitchens` processes, in the order of `orders`. `start` says how to start one; its
/// standard input and output are yours to set up. There is always at least one kitchen.
pub fn process_pool_map(
    start: &(dyn Fn() -> Command + Sync),
    kitchens: usize,
    orders: &[&str],
) -> Vec<Result<String, Lost>> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(vec![Err(Lost); orders.len()]);
    thread::scope(|scope| {
        for _ in 0..kitchens.min(orders.len()) {
            scope.spawn(|| {
                let mut kitchen = Kitchen::open(start());
                // Relaxed: each order is taken once; the answers are shared through the lock.
                while let Some(i) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&i| i < orders.len())
                {
                    let answer = kitchen.cook(orders[i]).or_else(|_| {
                        kitchen = Kitchen::open(start());
                        kitchen.cook(orders[i])
                    });
                    if answer.is_err() {
                        kitchen = Kitchen::open(start());
                    }
                    answers.lock().expect("nobody panics while writing an answer")[i] =
                        answer.map_err(|_| Lost);
                }
            });
        }
    });
    answers.into_inner().expect("nobody panics while writing an answer")
}

/// One process and both its pipes. Dropping it closes its input and waits for its end.
struct Kitchen {
    process: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Kitchen {
    fn open(mut command: Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("a kitchen can be started");
        let orders = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().expect("its output is piped"));
        Self { process, orders, answers }
    }

    fn cook(&mut self, order: &str) -> io::Result<String> {
        let orders = self.orders.as_mut().expect("its input is open until it is dropped");
        writeln!(orders, "{order}")?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        // A kitchen that ended in the middle of a line has not answered either.
        answer.strip_suffix('\n').map(str::to_owned).ok_or(ErrorKind::UnexpectedEof.into())
    }
}

impl Drop for Kitchen {
    fn drop(&mut self) {
        self.orders = None; // first: a kitchen whose input stays open never ends
        let _ = self.process.wait();
    }
}
