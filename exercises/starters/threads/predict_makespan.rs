//! Before anybody cooks, the chef says how long the list will take. The judge cooks it in a simulated kitchen.
//!
//! The list has `waits` orders that wait `wait_ms` each and `burns` orders that keep a core busy for `burn_ms` each.
//! Nothing else takes time. In order: one cook, all waits, then all burns. Juggling: one cook begins all waits at once,
//! then burns, one after the other. Threads and processes: a cook for each order, all hired at once; a burn
//! needs one of the `cores` (at least 1), keeps it to its end, and takes one as soon as one is free; a wait needs none.
//!
//! Return the milliseconds until the last order is done. An empty list takes none.

#[derive(Clone, Copy, Debug)]
pub enum Model {
    InOrder,
    Juggling,
    Threads,
    Processes,
}

#[derive(Clone, Copy, Debug)]
pub struct Orders {
    pub waits: u64,
    pub wait_ms: u64,
    pub burns: u64,
    pub burn_ms: u64,
}

pub fn predict_makespan(orders: Orders, model: Model, cores: u64) -> u64 {
    todo!("which half overlaps with what?")
}
