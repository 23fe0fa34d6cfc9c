//! Judges `predict_makespan`: against a kitchen simulated millisecond by millisecond.

use exercise::{Model, Orders, predict_makespan};

#[path = "../threads/predict_makespan.rs"]
mod exercise;

const MODELS: [Model; 4] = [Model::InOrder, Model::Juggling, Model::Threads, Model::Processes];

/// Milliseconds until a kitchen that is simulated in steps of one is done.
fn simulate(orders: Orders, model: Model, cores: u64) -> u64 {
    let mut waits = vec![orders.wait_ms; orders.waits as usize];
    let mut burns = vec![orders.burn_ms; orders.burns as usize];
    let mut clock = 0;
    loop {
        waits.retain(|left| *left > 0);
        burns.retain(|left| *left > 0);
        if waits.is_empty() && burns.is_empty() {
            return clock;
        }
        let (under_way, at_work) = match model {
            Model::InOrder if waits.is_empty() => (0, 1),
            Model::InOrder => (1, 0),
            Model::Juggling => (waits.len(), 1),
            Model::Threads | Model::Processes => (waits.len(), cores as usize),
        };
        waits.iter_mut().take(under_way).for_each(|left| *left -= 1);
        // The first in the list keep their cores until they are done.
        burns.iter_mut().take(at_work).for_each(|left| *left -= 1);
        clock += 1;
    }
}

fn compare(orders: Orders, model: Model, cores: u64) {
    let (predicted, simulated) =
        (predict_makespan(orders, model, cores), simulate(orders, model, cores));
    assert_eq!(
        predicted, simulated,
        "{model:?} on {cores} cores with {orders:?}: your prediction is on the left, the simulated kitchen on the right"
    );
}

const fn orders(waits: u64, wait_ms: u64, burns: u64, burn_ms: u64) -> Orders {
    Orders { waits, wait_ms, burns, burn_ms }
}

#[test]
fn an_empty_list_takes_no_time() {
    for model in MODELS {
        compare(orders(0, 200, 0, 60), model, 2);
    }
}

#[test]
fn in_order_everything_adds_up() {
    compare(orders(4, 200, 4, 60), Model::InOrder, 2);
}

#[test]
fn a_juggler_works_while_soup_simmers() {
    compare(orders(4, 200, 2, 60), Model::Juggling, 2);
    compare(orders(4, 200, 4, 60), Model::Juggling, 2);
}

#[test]
fn a_second_core_does_not_help_a_juggler() {
    compare(orders(0, 200, 4, 60), Model::Juggling, 2);
}

#[test]
fn waits_need_no_core() {
    compare(orders(16, 200, 0, 60), Model::Threads, 1);
    compare(orders(16, 200, 0, 60), Model::Processes, 1);
}

#[test]
fn burns_share_the_cores() {
    compare(orders(0, 200, 4, 60), Model::Threads, 2);
    compare(orders(0, 200, 4, 60), Model::Processes, 2);
}

#[test]
fn a_burn_is_never_cut_in_two() {
    compare(orders(0, 200, 3, 60), Model::Threads, 2);
    compare(orders(0, 200, 1, 60), Model::Processes, 8);
}

#[test]
fn two_hundred_lists_take_as_long_as_predicted() {
    // Knuth's MMIX generator: the same two hundred lists on every run.
    let mut state = 1_u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) % limit
    };
    for case in 0..200 {
        let list = orders(below(8), 1 + below(60), below(8), 1 + below(40));
        compare(list, MODELS[case % 4], 1 + below(6));
    }
}
