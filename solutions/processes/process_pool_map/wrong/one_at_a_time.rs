//! Believes: with several processes things run in parallel by themselves, one thread can feed them all.
//! Rejected by: all_kitchens_cook_at_the_same_time

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

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
    let mut open: Vec<Kitchen> =
        (0..kitchens.min(orders.len())).map(|_| Kitchen::open(start())).collect();
    let mut answers = Vec::new();
    for (i, order) in orders.iter().enumerate() {
        let kitchen = &mut open[i % kitchens];
        let answer = kitchen.cook(order).or_else(|_| {
            *kitchen = Kitchen::open(start());
            kitchen.cook(order)
        });
        if answer.is_err() {
            *kitchen = Kitchen::open(start());
        }
        answers.push(answer.map_err(|_| Lost));
    }
    answers
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
