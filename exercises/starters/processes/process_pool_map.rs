//! Three separate kitchens, one order rail. Each kitchen is a process: it reads orders from its standard
//! input, one per line, and writes one line of answer to its standard output for each, in order. It ends
//! when its input ends. Sometimes a kitchen burns down in the middle of an order.
//!
//! Send all orders through `kitchens` such processes at a time and return the answers (without the line
//! end) in the order of the orders. Every kitchen cooks the next order that nobody has begun. A kitchen
//! that ends instead of answering is replaced, and its order tried once more; if that fails too, this
//! order's result is `Err(Lost)`, and the others go on. When the function returns, every process that
//! was started has ended and been waited for.

use std::process::Command;

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
    todo!()
}
