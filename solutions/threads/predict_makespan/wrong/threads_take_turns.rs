//! Believes: only processes compute in parallel; threads share one lock.
//! Rejected by: burns_share_the_cores

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
    let Orders { waits, wait_ms, burns, burn_ms } = orders;
    let all_waits_at_once = if waits > 0 { wait_ms } else { 0 };
    match model {
        Model::InOrder => waits * wait_ms + burns * burn_ms,
        Model::Juggling => all_waits_at_once.max(burns * burn_ms),
        // Cores work in rounds; the last round may leave some of them idle.
        Model::Threads => all_waits_at_once.max(burns * burn_ms),
        Model::Processes => all_waits_at_once.max(burns.div_ceil(cores) * burn_ms),
    }
}
